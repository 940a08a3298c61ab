import { setImmediate } from 'node:timers';
import { threadId } from 'node:worker_threads';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterAll, expect, vi } from 'vitest';
import { renewModules } from './renew-modules.ts';

// A thread runs many test files one after the other, because starting each anew took a third of the time. So that no file
// sees what another one left, each begins with modules, channels and a database of its own, and fails where it ends with
// another global than it began with.

/** What lasts from file to file. */
interface Thread {
	files: number;
	Channel: typeof BroadcastChannel;
	globals?: Map<string, unknown>;
}

const key = Symbol.for('thread of unit tests');
const known = globalThis as { [key]?: Thread };
const thread = (known[key] ??= { files: 0, Channel: BroadcastChannel });
thread.files += 1;

/** Channels of a name are one for the whole process: without this, a test of another tab would hear what another file does. */
const suffix = `in file ${thread.files} of thread ${threadId}`;
globalThis.BroadcastChannel = class extends thread.Channel {
	constructor(name: string) {
		super(`${name} ${suffix}`);
	}
};

/**
 * Node 20 and 22 take every address with a letter outside ASCII for a bad one once V8 has compiled their `URL.canParse`,
 * after some 4,000 calls. Browsers don't.
 */
URL.canParse = (url, base) => {
	try {
		return Boolean(new URL(url, base));
	} catch {
		// That it throws is the answer.
		return false;
	}
};

/**
 * As in browsers: without it, reading that takes more than some milliseconds on a busy machine would wait for `setTimeout`,
 * and for ever where a test holds the clock.
 */
globalThis.scheduler ??= {
	postTask: (task: () => unknown) => new Promise((resolve) => setImmediate(() => resolve(task())))
} as Scheduler;

/** Bytes are compared as bytes: Vitest compares them as objects with a property for each. */
expect.addEqualityTesters([
	(one: unknown, other: unknown) =>
		one instanceof Uint8Array && other instanceof Uint8Array
			? Object.getPrototypeOf(one) === Object.getPrototypeOf(other) &&
				Buffer.compare(one, other) === 0
			: undefined
]);

globalThis.indexedDB = new IDBFactory();
renewModules();

/** Not looked at: made anew for each file, above or by Vitest, and what Node 22 warns of when it is read. */
const passedOver =
	/^(__|awslambda$|BroadcastChannel$|CSS$|indexedDB$|localStorage$|sessionStorage$)/;

/** The globals by name. Reading them also makes those that Node makes when they are first read. */
function readGlobals(): Map<string, unknown> {
	const names = Object.getOwnPropertyNames(globalThis).filter((name) => !passedOver.test(name));
	return new Map(names.map((name) => [name, Reflect.get(globalThis, name)]));
}
const before = (thread.globals ??= readGlobals());

afterAll(() => {
	vi.useRealTimers();
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
	const after = readGlobals();
	const left = [...new Set([...before.keys(), ...after.keys()])].filter(
		(name) => before.has(name) !== after.has(name) || !Object.is(before.get(name), after.get(name))
	);
	for (const name of left) {
		if (before.has(name)) Reflect.set(globalThis, name, before.get(name));
		else Reflect.deleteProperty(globalThis, name);
	}
	expect(left, 'globals that this file changes and leaves so').toEqual([]);
});
