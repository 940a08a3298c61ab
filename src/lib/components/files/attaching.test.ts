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
