import type { Chunk } from '../model/exchange.ts';
import { appendChunks } from './exchanges.ts';
import { endRun, startRun } from './runs.ts';
import type { Entry, Store } from './store.ts';
import { newConversation, newRun, newSent, newTurn } from './test-kit.ts';

const words = [
	'time',
	'of',
	'the',
	'river',
	'and',
	'a',
	'stone',
	'that',
	'was',
	'old',
	'in',
	'light'
];

/** Prose of `length` characters, another for each `seed`. */
export function newProse(length: number, seed: number): string {
	let text = '';
	for (let n = seed * 7919 + 1; text.length < length; n = (n * 48271) % 2147483647) {
		text += `${words[n % words.length] ?? ''}${n % 97} `;
	}
	return text.slice(0, length);
}

/** Bytes of a record as structured JSON, with its key; bytes in it count as they are. */
export function sizeOf([key, value]: Entry): number {
	let bytes = 0;
	const json = JSON.stringify(value, (_, item: unknown) => {
		if (!ArrayBuffer.isView(item)) return item;
		bytes += item.byteLength;
		return '';
	});
	return Buffer.byteLength(key) + Buffer.byteLength(json) + bytes;
}

/** Bytes in a store: those of chunks, and all others. */
export async function measure(store: Store): Promise<{ chunks: number; others: number }> {
	const sizes = { chunks: 0, others: 0 };
	for (const entry of await store.range('')) {
		sizes[entry[0].startsWith('exchange/') ? 'chunks' : 'others'] += sizeOf(entry);
	}
	return sizes;
}

/** A store that adds up what is written to it. */
export function newCountingStore(store: Store): { store: Store; written: () => number } {
	let written = 0;
	const count = (put: readonly Entry[]) => {
		for (const entry of put) written += sizeOf(entry);
	};
	return {
		written: () => written,
		store: {
			...store,
			setMany: (put) => (count(put), store.setMany(put)),
			update: (keys, change) =>
				store.update(keys, (stored) => {
					const made = change(stored);
					count(made.put ?? []);
					return made;
				})
		}
	};
}

/** Runs `count` questions of 80 characters, each with an answer of `length`, as the page stores them. */
export async function fillConversation(
	store: Store,
	{ id = 'c', count, length }: { id?: string; count: number; length: number }
): Promise<void> {
	let parent: string | undefined;
	for (let i = 0; i < count; i++) {
		const asked = newId16(2 * i);
		const answered = newId16(2 * i + 1);
		const place = { conversation: id, at: 1_790_000_000_000 + i };
		const question = newTurn(asked, newProse(80, i), { ...place, ...(parent && { parent }) });
		const answer = newTurn(answered, newProse(length, i), { ...place, parent: asked });
		const run = newFullRun(newId16(i), id, asked, answered);
		const { outcome: _, ...running } = run;
		const record = newConversation(id, { leaf: asked });
		const sent = newSent('0000000000000001', 'Be kind.', id);
		await startRun({ conversation: record, turns: [question], run: running, sent }, store);
		await appendChunks(run.id, { first: 0, chunks: newStream(2 * length, i) }, store);
		await endRun({ conversation: { ...record, leaf: answered }, turns: [answer], run }, store);
		parent = answered;
	}
}

/** A stream of events that holds about `length` bytes, in chunks of one event each. */
export function newStream(length: number, seed: number): Chunk[] {
	const chunks: Chunk[] = [];
	const encoder = new TextEncoder();
	for (let size = 0; size < length;) {
		const text = newProse(12, seed + chunks.length);
		const event = { id: 'chatcmpl-1', choices: [{ index: 0, delta: { content: text } }] };
		const bytes = encoder.encode(`data: ${JSON.stringify(event)}\n\n`);
		chunks.push({ t: 300 + chunks.length * 11.1, bytes });
		size += bytes.byteLength;
	}
	return chunks;
}

/** A run with everything that a finished one has. */
function newFullRun(id: string, conversation: string, asked: string, turn: string) {
	return newRun(id, {
		...{ conversation, asked, turn, key: newId16(7), sent: newId16(1) },
		...{ status: 200, responseId: 'resp_0123456789abcdef', model: 'eu.amazon.nova-2-lite-v1:0' },
		headers: {
			'content-type': 'application/vnd.amazon.eventstream',
			'x-amzn-requestid': '01234567-89ab-cdef-0123-456789abcdef'
		},
		usage: {
			...{ input: 12345, output: 321 },
			raw: { inputTokens: 12345, outputTokens: 321, totalTokens: 12666, serverToolUsage: {} }
		},
		details: { metrics: { latencyMs: 2345 } },
		times: { headers: 301.2, firstToken: 312.3, firstText: 312.3, end: 2345.6 },
		received: { frames: 120, bytes: 20_000 },
		outcome: { end: 'finished', reason: 'end_turn' }
	});
}

function newId16(n: number): string {
	return n.toString(16).padStart(16, '0');
}
