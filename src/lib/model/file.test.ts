import { describe, expect, it } from 'vitest';
import { parseWith } from './json-schema.ts';
import { fileSourceSchema } from './file-schema.ts';
import { filesNamedIn } from './file.ts';

const id = 'a'.repeat(64);

describe('the source of a file', () => {
	it.each([
		{ base64: 'aGk=' },
		{ url: 's3://bucket/a.png' },
		{ file: id },
		{ file: 'b'.repeat(16) }
	])('can be %o', (source) => {
		expect(parseWith(fileSourceSchema, source)).toEqual(source);
	});

	it.each([
		{},
		{ file: '../x' },
		{ base64: 'no!' },
		{ base64: '', url: '' },
		{ path: '/a' },
		'text'
	])('cannot be %o', (source) => {
		expect(parseWith(fileSourceSchema, source)).toBeUndefined();
	});
});

it('finds the files that a value names, and nothing that only looks like one', () => {
	const value = {
		message: { parts: [{ type: 'image', source: { file: 'one' } }, { source: { url: 'x' } }] },
		system: [[{ source: { file: 'two' } }]],
		text: 'source: { file: "three" }',
		file: 'four',
		source: { file: 5 }
	};
	expect(filesNamedIn(value)).toEqual(new Set(['one', 'two']));
	expect(filesNamedIn('x')).toEqual(new Set());
});
