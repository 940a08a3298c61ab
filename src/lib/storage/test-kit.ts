import 'fake-indexeddb/auto';
import { createStore } from 'idb-keyval';
import type { Run } from '../model/run.ts';
import type { ConversationRecord, DraftRecord, SentSettings, Turn } from '../model/turn.ts';
import { newKeptStore } from './kept-store.ts';
import type { Store } from './store.ts';

let count = 0;

/** An empty store in an IndexedDB of its own. */
export function newTestStore(): Store {
	return newKeptStore(createStore(`test-${count++}`, 'records'));
}

/** A store of the page as another page sees it. */
export function storeOf(database: 'bedrock-playground' | 'bedrock-playground-vault'): Store {
	return newKeptStore(createStore(database, 'records'));
}

export function newConversation(id: string, change: Partial<ConversationRecord> = {}) {
	const record: ConversationRecord = {
		...{ v: 2, id, api: 'converse', title: `About ${id}`, model: 'a.b', simulated: false },
		...{ startedAt: 1, changedAt: 2, ...change }
	};
	return record;
}

export function newTurn(id: string, text: string, change: Partial<Turn> = {}): Turn {
	const role = change.parent === undefined ? 'user' : 'assistant';
	return {
		...{ v: 2, id, conversation: 'c', at: 1 },
		message: { id, role, parts: [{ type: 'text', text }] },
		...change
	};
}

export function newRun(id: string, change: Partial<Run> = {}): Run {
	return {
		...{ v: 2, id, api: 'converse', conversation: 'c', turn: `${id}-answer`, startedAt: 5 },
		...{ simulated: false, key: 'k', draftModel: 'a.b', sent: 's', times: {} },
		request: {
			method: 'POST',
			url: 'https://bedrock-runtime.us-west-2.amazonaws.com/model/a.b/converse-stream',
			headers: { 'Content-Type': 'application/json', Accept: 'application/vnd.amazon.eventstream' }
		},
		...{ body: { length: 100, crc: 1 }, received: { frames: 0, bytes: 0 } },
		...change
	};
}

export function newSent(id: string, system = 'Be kind.', conversation = 'c'): SentSettings {
	const parts = [{ type: 'text' as const, text: system }];
	const settings = { model: 'a.b', params: {}, system: { id: '', role: 'system' as const, parts } };
	return { v: 2, id, conversation, settings };
}

export function newDraft(composer: string, savedAt: number, writer: string): DraftRecord {
	const settings = { model: 'a.b', params: { temperature: 0.5 } };
	return { v: 2, conversation: 'c', api: 'responses', settings, composer, savedAt, writer };
}

/** Everything in a store. */
export async function readAll(store: Store): Promise<Record<string, unknown>> {
	return Object.fromEntries(await store.range(''));
}
