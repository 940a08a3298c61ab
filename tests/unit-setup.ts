import { threadId } from 'node:worker_threads';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';

// One thread runs many test files one after the other, because starting each anew took a third of the time.
// What a file has put in place of something, and what its modules and its database hold, ends with it.
vi.useRealTimers();
vi.restoreAllMocks();
vi.unstubAllGlobals();
vi.resetModules();
if ('indexedDB' in globalThis) globalThis.indexedDB = new IDBFactory();

/** The channel of Node, which the first file finds. */
const name = 'channelOfNode';
const known = globalThis as { [name]?: typeof BroadcastChannel };
const Channel = (known[name] ??= BroadcastChannel);

/**
 * Channels of a name are one for all threads of a process, and each thread runs a test file of its own: without this, a test
 * of another tab would hear the keys that another file saves.
 */
globalThis.BroadcastChannel = class extends Channel {
	constructor(name: string) {
		super(`${name} in thread ${threadId}`);
	}
};
