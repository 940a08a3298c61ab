import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { checkRecord, parseRecord } from './record.ts';
import type { RecordKind } from './record.ts';

interface Note {
	v: 3;
	id: string;
	words: string[];
}

/** A kind that has changed twice: `text` became `texts`, and these became `words`. */
const kind: RecordKind<Note> = {
	name: 'note',
	version: 3,
	schema: v.object({ v: v.literal(3), id: v.string(), words: v.array(v.string()) }),
	migrations: {
		1: ({ text, ...rest }) => ({ ...rest, v: 2, texts: [text] }),
		2: ({ texts, ...rest }) => ({ ...rest, v: 3, words: texts })
	}
};
const note: Note = { v: 3, id: 'n', words: ['a'] };

describe('a record', () => {
	it('of today is read as it is, without what it has no field for', () => {
		expect(parseRecord(kind, { ...note, more: 1 })).toEqual({ ok: note });
	});

	it.each([
		['one', { v: 1, id: 'n', text: 'a' }],
		['two', { v: 2, id: 'n', texts: ['a'] }]
	])('of version %s goes through every step after it', (_, old) => {
		expect(parseRecord(kind, old)).toEqual({ ok: note });
	});

	it('of a newer version is said to be, whatever else it holds', () => {
		expect(parseRecord(kind, { v: 4, at: new Date(), blob: new Map() })).toEqual({ newer: 4 });
	});

	it.each([
		['without a version', { id: 'n', words: [] }],
		['of a version before the first', { v: 0, id: 'n', text: 'a' }],
		['of a version between two', { v: 1.5, id: 'n', text: 'a' }],
		['of another shape', { ...note, words: 'a' }],
		['of an older shape that never was', { v: 1, id: 7 }],
		['that is a list', [note]],
		['that is none', undefined]
	])('%s is broken', (_, value) => {
		expect(parseRecord(kind, value)).toEqual({ broken: true });
	});

	it('is broken where a step does not count up, and the reading ends', () => {
		const stuck = { ...kind, migrations: { 1: (old: object) => old } };
		expect(parseRecord(stuck, { v: 1 })).toEqual({ broken: true });
	});

	it('is refused before it is stored when it could not be read again', () => {
		expect(checkRecord(kind, note)).toEqual(note);
		expect(() => checkRecord(kind, { ...note, words: [1] } as unknown as Note)).toThrow('note');
	});
});
