import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import golden from '../../../../tests/fixtures/golden-database.json' with { type: 'json' };
import { writeGolden } from '../../../../tests/fixtures/golden-database.ts';
import { openPage, say, simulate, tab } from '../../state/test-kit.ts';
import type { Page } from '../../state/test-kit.ts';
import { readAll, storeOf } from '../../storage/test-kit.ts';
import { words } from '../workspace/test-render.ts';
import { drawPage, drawTurns } from './test-page.ts';

const records = Object.keys(golden['bedrock-playground']);
const secrets = Object.keys(golden['bedrock-playground-vault']);
const vault = storeOf('bedrock-playground-vault');

const garbage: [string, unknown][] = [
	['a number', 42],
	['null', null],
	['text', '{"v":2'],
	['a list', [1, [2, [3]]]],
	['nothing in it', {}],
	['a wrong shape', { v: 2, id: 'c1', conversation: 'c1', api: 7, settings: [], message: 'x' }],
	[
		'half a key',
		{ v: 2, id: 'k1', kind: 'short-term', region: 7, expiresAt: 'soon', key: 'k1', secret: 5 }
	],
	['a date in it', { v: 2, id: 'c1', conversation: 'c1', at: new Date(0), draft: new Map() }]
];

let page: Page;

beforeEach(async () => {
	const { eraseEverything } = await import('../../storage/erase.ts');
	await eraseEverything();
	// A key would need a clock of its own.
	const sound = Object.entries(golden['bedrock-playground']).filter(
		([key]) => !key.startsWith('key/')
	);
	await writeGolden({ 'bedrock-playground': Object.fromEntries(sound) });
});

afterEach(() => {
	page.close();
	vi.unstubAllGlobals();
});

/** Writes a value over the records with these keys. */
async function writeOver(keys: readonly string[], value: unknown): Promise<void> {
	await storeOf('bedrock-playground').setMany(keys.map((key) => [key, value]));
}

/** Opens the page, once all is loaded that was stored. */
async function open(): Promise<void> {
	page = await openPage(simulate());
	const { playground } = page;
	await vi.waitFor(() => {
		expect(playground.tabs.isLoaded('responses') && playground.connections).toBeTruthy();
	});
}

/** Proves that the page is there and can be used. Gives what it says. */
async function expectAlive(): Promise<string> {
	const { playground } = page;
	expect(playground.keyRing.record).toBeUndefined();
	expect(playground.settings.api).toBe('converse');
	const html = await drawPage(page);
	expect(html).toMatch(/<textarea[^>]*aria-label="Message"/);
	expect(words(html)).toContain('No API key');
	// Without a record that says when it expires, no secret is kept.
	expect(await readAll(vault)).toEqual({});
	await say(tab(page), 'Write a haiku.');
	expect(tab(page).lastRun?.outcome).toEqual({ end: 'finished', reason: 'end_turn' });
	expect(page.sent.map(({ simulated }) => simulated)).toEqual([true]);
	return words(html);
}

describe('broken records', () => {
	it.each(garbage)('in every place never give a blank page: %s', async (_, value) => {
		await writeOver(records, value);
		await vault.setMany(secrets.map((id) => [id, value]));
		await open();
		expect(await expectAlive()).toContain('could not be read');
	});

	const inside = records.filter((key) => /^(turn|run|sent|draft|left|exchange)\//.test(key));
	it.each(garbage)('inside a sound conversation leave what is left of it: %s', async (_, value) => {
		await writeOver(inside, value);
		await open();
		const { playground } = page;
		const [row, ...more] = playground.library.conversations;
		if (row === undefined) throw new Error('The history is empty');
		expect(more).toEqual([]);
		await playground.tabs.openConversation(row);
		expect(playground.tabs.current.id).toBe(row.id);
		expect(words(await drawPage(page))).toContain(row.title);
		await drawTurns(page, playground.tabs.current);
		playground.tabs.current.editor.composer = 'Write a haiku.';
		expect(playground.tabs.current.next.isEmpty).toBe(false);
	});
});

it('records of a later version are left as they are, and told', async () => {
	const later = { v: 99, id: 'c1', api: 'converse', conversation: 'c1', startedAt: 1 };
	await writeOver(records, later);
	await open();
	const said = await expectAlive();
	expect(said).toContain('of a newer version of this page');
	expect(said).not.toContain('could not be read');
	const stored = Object.values(await readAll(storeOf('bedrock-playground')));
	expect(stored.filter((record) => (record as { v?: number }).v === 99)).toHaveLength(
		records.length
	);
});
