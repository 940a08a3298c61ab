import { expect, it, vi } from 'vitest';
import type { Conversation } from '../../state/conversation.svelte.ts';
import { text } from '../../text/index.ts';
import { Attaching } from './attaching.svelte.ts';

vi.mock('../../state/attach.ts', () => {
	throw new Error('Out of reach');
});

it('says of each file that it was not attached where what attaches them is out of reach', async () => {
	const holder = { text: 'Look', parts: [] };
	const attaching = new Attaching({} as Conversation, { holder, focus: () => undefined });
	await attaching.attach([new File(['a'], 'a.txt'), new File(['b'], 'b.txt')]);
	expect(attaching.refused.map((one) => text.files.refused(one, 'Converse'))).toEqual([
		expect.stringContaining('`a.txt` was not attached. Reload the page'),
		expect.stringContaining('`b.txt` was not attached. Reload the page')
	]);
	expect(holder).toEqual({ text: 'Look', parts: [] });
	expect(attaching.isReading).toBe(false);
});

it('says which files of two lists were not attached that are read at once, until the next ones are read', async () => {
	const attaching = new Attaching({} as Conversation, {
		holder: { text: '', parts: [] },
		focus: () => undefined
	});
	const attach = (name: string) => attaching.attach([new File([], name)]);
	const refused = () => attaching.refused.map(({ name }) => name);
	const first = attach('a.txt');
	const second = attach('b.txt');
	await first;
	await second;
	expect(refused()).toEqual(['a.txt', 'b.txt']);
	await attach('c.txt');
	expect(refused()).toEqual(['c.txt']);
	expect(attaching.isReading).toBe(false);
});
