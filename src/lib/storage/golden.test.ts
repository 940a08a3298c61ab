import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import dump from '../../../tests/fixtures/golden-database.json' with { type: 'json' };
import { writeGolden } from '../../../tests/fixtures/golden-database.ts';
import { textOf } from '../model/draft.ts';
import { listConversations, openConversation, purgeDeleted } from './conversations.ts';
import { eraseEverything } from './erase.ts';
import { loadChunks } from './exchanges.ts';
import { loadFile } from './files.ts';
import { keyFor, loadKeys, readSecret } from './keys.ts';
import { searchTexts } from './search.ts';
import { loadSettings } from './settings.ts';
import { readAll, storeOf } from './test-kit.ts';

// Records as version 2 wrote them, each kind there is. They open for ever: a later version adds a migration and changes
// neither the file nor what is expected here.
const records = dump['bedrock-playground'];
const now = 1_795_000_000_100;

beforeEach(async () => {
	await eraseEverything();
	await writeGolden(dump);
});

it('opens a conversation with its branches, runs, settings as sent and draft', async () => {
	const { conversations, newer, unreadable } = await listConversations();
	expect(conversations).toEqual([records['conversation/c1']]);
	expect([newer, unreadable]).toEqual([0, 0]);
	const opened = await openConversation('c1');
	expect([opened?.newer, opened?.unreadable]).toEqual([0, 0]);
	expect(opened?.turns.map(({ id, parent }) => [id, parent])).toEqual([
		...[
			['t1', undefined],
			['t2', 't1'],
			['t3', 't2'],
			['t4', undefined],
			['t5', 't4']
		]
	]);
	const texts = opened?.turns.map(({ message }) => textOf(message.parts));
	expect(texts?.[4]).toBe('And the second?');
	expect(opened?.turns[4]?.message.id).toBe('t5');
	expect(opened?.turns[1]).toEqual(records['turn/c1/t2']);
	expect(opened?.runs).toEqual([records['run/c1/r1'], records['run/c1/r2']]);
	expect(opened?.runs[1]).not.toHaveProperty('outcome');
	expect(opened?.sent).toEqual([records['sent/c1/s1']]);
	expect(opened?.draft).toEqual(records['left/c1/w1'].draft);
});

it('reads the answers’ bytes, whole and as the page left them', async () => {
	const textOfRun = async (run: string) =>
		(await loadChunks(run))?.map(({ bytes }) => new TextDecoder().decode(bytes)).join('');
	const contents = (text = '') =>
		[...text.matchAll(/"content":"([^"]*)"/g)].map(([, word]) => word);
	expect(contents(await textOfRun('r1')).join('')).toBe('Mount Everest.');
	expect(contents(await textOfRun('r2'))).toEqual(['Half an ans']);
	expect((await loadChunks('r1'))?.map(({ t }) => t)).toEqual([
		...[301.1, 301.6, 302.1, 302.6, 303.1, 303.6, 304.1, 304.6]
	]);
});

it('reads keys, settings and a file', async () => {
	expect((await loadKeys(now)).bedrock).toEqual(records['key/k1']);
	expect(await readSecret('k1', now)).toBe('bedrock-api-key-golden');
	expect(await keyFor({ base: 'http://localhost:4000/v1' }, now)).toEqual(records['key/k2']);
	expect(await loadSettings()).toMatchObject({ theme: 'dark', open: { converse: 'c1' } });
	const file = await loadFile('92b2fa58028958317e408bd84ecfa70f5ee35b121991dbc232c49d166353708b');
	expect(new TextDecoder().decode(file?.bytes)).toBe('a picture');
});

it('finds words in it', async () => {
	const { conversations, searched } = await searchTexts('everest');
	expect(conversations).toEqual([{ conversation: 'c1', turn: 't2', snippet: 'Mount Everest.' }]);
	expect(searched).toBe(4);
});

it('has nothing in it that is set aside, and loses only what is due', async () => {
	for (const id of ['c1', 'c2']) await openConversation(id);
	await purgeDeleted(now);
	const left = Object.keys(await readAll(storeOf('bedrock-playground')));
	const gone = ['conversation/c2', 'left/c1/w1'];
	// The file that nothing names was kept within the hour before.
	const files = Object.keys(records).filter((key) => key.startsWith('file/'));
	const expected = Object.keys(records).filter((key) => ![...gone, ...files].includes(key));
	expect(left.filter((key) => !files.includes(key))).toEqual(expected.sort());
});
