import { threadId } from 'node:worker_threads';

/**
 * Channels of a name are one for all threads of a process, and each thread runs a test file of its own: without this, a test
 * of another tab would hear the keys that another file saves.
 */
globalThis.BroadcastChannel = class extends BroadcastChannel {
	constructor(name: string) {
		super(`${name} in thread ${threadId}`);
	}
};
