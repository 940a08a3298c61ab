import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readAll, storeOf } from '../storage/test-kit.ts';
import { formatTimeLeft } from '../text/format.ts';
import { eventually, newEcho, newKey, openPage, say, spoken, tab } from './test-kit.ts';
import type { Page } from './test-kit.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
const minute = 60_000;
const hour = 60 * minute;
const start = Date.parse('2026-11-21T09:00:00Z');

beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
	// Not `setImmediate`: what is stored in memory is answered by it.
	const toFake = ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;
	vi.useFakeTimers({ now: start, toFake: [...toFake] });
});

afterEach(() => void vi.useRealTimers());

/** Everything that the browser has stored, as text. */
async function storedText(): Promise<string> {
	const names = ['bedrock-playground', 'bedrock-playground-vault'] as const;
	return JSON.stringify(await Promise.all(names.map((name) => readAll(storeOf(name)))));
}

/** A page of an echo with a key of an hour, stored. */
async function openWithKey() {
	const page = await openPage(newEcho().fetch);
	tab(page).editor.change({ stream: undefined, system: undefined });
	const key = newKey(hour);
	await page.playground.useKey(key, 'until-expiry');
	expect(await storedText()).toContain(key.secret);
	return { page, key };
}

/** Proves that a key is deleted everywhere, and that nothing is sent, to the simulator neither. */
async function expectGone(page: Page, secret: string): Promise<void> {
	const { keyRing } = page.playground;
	await eventually(() => expect(keyRing.record).toBeUndefined());
	expect(keyRing.expiredAt).toBe(start + hour);
	expect(await storedText()).not.toContain(secret);
	const before = page.sent.length;
	await say(tab(page), 'Nobody may answer this.');
	expect(page.sent).toHaveLength(before);
	expect(tab(page).editor.composer).toBe('Nobody may answer this.');
	expect(spoken(tab(page))).toEqual([]);
}

describe('at its expiry a key is deleted', () => {
	it('when the page is opened later', async () => {
		const { page, key } = await openWithKey();
		page.close();
		vi.setSystemTime(start + hour);
		const later = await openPage(newEcho().fetch);
		await expectGone(later, key.secret);
	});

	it('when the page is seen again after its timers slept', async () => {
		const { page, key } = await openWithKey();
		// Sets the time and runs no timer, as a computer does that was asleep.
		vi.setSystemTime(start + 2 * hour);
		expect(await storedText()).toContain(key.secret);
		document.dispatchEvent(new Event('visibilitychange'));
		await expectGone(page, key.secret);
	});

	it('before Send could use it', async () => {
		const { page, key } = await openWithKey();
		vi.setSystemTime(start + 2 * hour);
		await say(tab(page), 'Nobody may answer this.');
		expect(page.sent).toEqual([]);
		await expectGone(page, key.secret);
	});

	it('and only what the user asks for goes to the simulator', async () => {
		const { page, key } = await openWithKey();
		vi.advanceTimersByTime(hour);
		await expectGone(page, key.secret);
		// As the button *Use the simulator* does.
		page.playground.keyRing.expiredAt = undefined;
		await say(tab(page), 'Write a haiku.');
		expect(spoken(tab(page)).at(-1)).toBe('< Echo: Write a haiku.');
		expect(tab(page).lastRun?.simulated).toBe(true);
		expect(page.sent.map(({ simulated, authorization }) => [simulated, authorization])).toEqual([
			[true, null]
		]);
	});
});

it('the time that a key has left counts down by the second', async () => {
	const { page } = await openWithKey();
	const { keyRing } = page.playground;
	const key = newKey(12 * hour);
	await page.playground.useKey(key, 'until-expiry');
	const left = () => {
		const { record } = keyRing;
		return record?.kind === 'short-term' && formatTimeLeft(record.expiresAt - keyRing.now);
	};
	const steps: [number, string][] = [
		[30_000, '11 h 59 m'],
		[hour, '11 h 0 m'],
		[11 * hour + 35 * minute, '25 m'],
		[12 * hour - 38_000, '38 s'],
		[12 * hour - 37_000, '37 s']
	];
	let age = 0;
	for (const [next, said] of steps) {
		vi.advanceTimersByTime(next - age);
		age = next;
		expect(left()).toBe(said);
	}
});

it('a key kept until the tab closes takes the place of a stored one, and is gone with the tab', async () => {
	const { page, key } = await openWithKey();
	const inTab = newKey(hour, 'us-east-1');
	await page.playground.useKey(inTab, 'tab');
	expect(page.playground.keyRing.region).toBe('us-east-1');
	expect(await storedText()).not.toContain(key.secret);
	await say(tab(page), 'paid');
	expect(page.sent.at(-1)?.authorization).toBe(`Bearer ${inTab.secret}`);
	expect(await storedText()).not.toContain(inTab.secret);
	page.close();
	const again = await openPage(newEcho().fetch);
	expect(again.playground.keyRing.record).toBeUndefined();
	expect(again.playground.keyRing.expiredAt).toBeUndefined();
});

it('the key that another tab stored last is the one in use, in whatever order the stored keys were read', async () => {
	let hold = false;
	let goOn: () => void = () => undefined;
	const held = new Promise<void>((resolve) => (goOn = resolve));
	const read = vi.fn();
	vi.doMock('../storage/storage.ts', async (load) => {
		const storage = await load<typeof import('../storage/storage.ts')>();
		const loadKeys: typeof storage.loadKeys = async (...of) => {
			const isHeld = hold;
			hold = false;
			const keys = await storage.loadKeys(...of);
			read();
			if (isHeld) await held;
			return keys;
		};
		return { ...storage, loadKeys };
	});
	const page = await openPage(newEcho().fetch);
	const { keyRing } = page.playground;
	vi.doUnmock('../storage/storage.ts');
	const other = await openPage(newEcho().fetch);
	hold = true;
	await other.playground.useKey(newKey(hour, 'us-east-1'), 'until-expiry');
	await eventually(() => expect(read).toHaveBeenCalledTimes(1));
	await other.playground.useKey(newKey(hour, 'eu-west-1'), 'until-expiry');
	await eventually(() => expect(keyRing.record?.region).toBe('eu-west-1'));
	goOn();
	await eventually(() => expect(read).toHaveBeenCalledTimes(2));
	await new Promise((resolve) => setImmediate(resolve));
	expect(keyRing.record?.region).toBe('eu-west-1');
	page.close();
	other.close();
});

it('a key that the browser has no room for is held by the tab, and the page says that it keeps nothing', async () => {
	vi.doMock('../storage/storage.ts', async (load) => {
		const storage = await load<typeof import('../storage/storage.ts')>();
		const saveKey: typeof storage.saveKey = (record, ...of) =>
			record.memoryOnly
				? storage.saveKey(record, ...of)
				: Promise.reject(new DOMException('full', 'QuotaExceededError'));
		return { ...storage, saveKey };
	});
	const page = await openPage(newEcho().fetch);
	vi.doUnmock('../storage/storage.ts');
	const { playground } = page;
	const key = newKey(hour);
	await playground.useKey(key, 'until-expiry');
	expect(playground.keyRing.record).toMatchObject({ kind: 'short-term', memoryOnly: true });
	expect(playground.library.isKept).toBe(false);
	expect(await storedText()).not.toContain(key.secret);
	await say(tab(page), 'Hello');
	expect(page.sent.at(-1)?.authorization).toBe(`Bearer ${key.secret}`);
	await playground.useGateway({ base: 'https://gateway.example.com/api' }, false);
	expect(playground.keyRing.gateway).toMatchObject({ memoryOnly: true });
	page.close();
});
