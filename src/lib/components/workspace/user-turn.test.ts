import { expect, it } from 'vitest';
import type { Part } from '../../model/draft.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import { Files } from '../../state/files.svelte.ts';
import { sayOf } from './test-render.ts';
import UserTurn from './UserTurn.svelte';

const words: Part = { type: 'text', text: 'Hi there' };
const cachePoint: Part = {
	...{ type: 'opaque', api: 'converse' },
	value: { cachePoint: { type: 'default' } }
};
const unknown: Part = { type: 'opaque', api: 'converse', value: { novelty: {} } };
const mark = 'Cache point after the text';
const kept = 'A part that this page cannot draw';

it.each<[string, Part[], string[]]>([
	['a text alone', [words], []],
	['a cache point by its name', [words, cachePoint], [mark]],
	['a part without a form', [words, unknown], [kept]],
	['both', [words, cachePoint, unknown], [mark, kept]]
])('a message of the user says of what it holds: %s', (_, parts, expected) => {
	const message = { id: 'm', role: 'user' as const, parts };
	const conversation = { files: new Files(() => undefined) } as Conversation;
	const said = sayOf(UserTurn, { conversation, message, actions: () => [] });
	expect(said).toContain('Hi there');
	expect([mark, kept].filter((one) => said.includes(one))).toEqual(expected);
});
