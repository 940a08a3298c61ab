import { EventStreamCodec } from '@smithy/eventstream-codec';
import { describe, expect, it } from 'vitest';
import type { ApiName } from './call.ts';
import type { Fault } from './faults.ts';
import { faults } from './faults.ts';
import { newService } from './service.ts';
import type { Fetch } from './simulator.ts';
import { newSimulator } from './simulator.ts';
import { chatBody, converseBody, MANTLE, post, readChunks, RUNTIME } from './test-kit.ts';

const PROMPT = 'What happens before the first token?';
const LAST_WORDS = 'only when the stream itself said so.';

const codec = new EventStreamCodec(
	(bytes) => new TextDecoder().decode(typeof bytes === 'string' ? undefined : bytes),
	(text) => new TextEncoder().encode(text)
);

/** Each fault with each API that it is for. */
const cases = faults.flatMap((fault) =>
	fault.apis.map((api): [string, ApiName, Fault] => [fault.name, api, fault])
);

function send(
	fetch: Fetch,
	api: ApiName,
	name: string,
	streamed: boolean,
	init: RequestInit = {}
): Promise<Response> {
	const model = `fault.${name}`;
	switch (api) {
		case 'converse':
			return post(
				fetch,
				`${RUNTIME}/model/${model}/converse${streamed ? '-stream' : ''}`,
				converseBody(PROMPT),
				init
			);
		case 'chat-completions': {
			const body = chatBody(model, PROMPT, {
				stream: streamed,
				...(streamed && { stream_options: { include_usage: true } })
			});
			return post(fetch, `${MANTLE}/v1/chat/completions`, body, init);
		}
		case 'responses':
			return post(
				fetch,
				`${MANTLE}/v1/responses`,
				{ model, input: PROMPT, stream: streamed },
				init
			);
	}
}

function newFetch(): Fetch {
	return newSimulator({ speed: 0, requireKey: false });
}

interface Ended {
	status: number;
	type: string;
	text: string;
	error: unknown;
	bytes: Uint8Array;
}

/** Sends a request for a fault and reads all of the answer; a stall is stopped once it is silent. */
async function run(api: ApiName, { name, end }: Fault, streamed = true): Promise<Ended> {
	const stop = new AbortController();
	const response = await send(newFetch(), api, name, streamed, { signal: stop.signal });
	const reading = readChunks(response);
	// At speed 0 all that will ever come has come after a turn of the event loop.
	if (end === 'stopped') setImmediate(() => stop.abort());
	const { chunks, error } = await reading;
	const bytes = new Uint8Array(Buffer.concat(chunks));
	return {
		status: response.status,
		type: response.headers.get('content-type') ?? '',
		text: new TextDecoder().decode(bytes),
		error,
		bytes
	};
}

/** Whether the stream of an API said that it is finished. */
function saysEnd(api: ApiName, text: string): boolean {
	const ends = {
		converse: /messageStop/,
		'chat-completions': /"finish_reason":"/,
		responses: /^event: response\.(?:completed|incomplete|failed)$/m
	};
	return ends[api].test(text);
}

/** How many bytes of a binary body follow its last whole frame. */
function countRest(bytes: Uint8Array): number {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	let at = 0;
	while (at + 4 <= bytes.length && at + view.getUint32(at) <= bytes.length)
		at += view.getUint32(at);
	return bytes.length - at;
}

describe('the registry of faults', () => {
	it('names each fault once, with a sentence and an API', () => {
		expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
		expect(faults.length).toBeGreaterThanOrEqual(50);
		for (const { name, about, apis } of faults) {
			expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
			expect(about).toMatch(/^[A-Z].*\.$/);
			expect(apis.length).toBeGreaterThan(0);
		}
	});

	it('is not known where it does not apply, and nowhere by another name', async () => {
		const refusal = await send(newFetch(), 'converse', 'refusal', false);
		expect(refusal.status).toBe(400);
		const unnamed = await send(newFetch(), 'responses', 'no-such-fault', false);
		expect(unnamed.status).toBe(404);
	});
});

const of = (...ends: Fault['end'][]) => cases.filter(([, , { end }]) => ends.includes(end));

describe('a fault of HTTP', () => {
	it.each(of('http-error'))('%s on %s has a status and says its words', async (_, api, fault) => {
		for (const streamed of [true, false]) {
			const { status, text } = await run(api, fault, streamed);
			expect(status).toBeGreaterThanOrEqual(400);
			expect(text).toContain(JSON.stringify(fault.words ?? '').slice(1, -1));
		}
	});

	it.each(of('error-in-200', 'not-an-answer'))('%s on %s hides in a 200', async (_, api, fault) => {
		const { status, text, type } = await run(api, fault);
		expect(status).toBe(200);
		expect(text).toContain(fault.words ?? '');
		expect(type).not.toMatch(/event-?stream/);
		expect(saysEnd(api, text)).toBe(false);
	});

	it.each(of('unreachable'))('%s on %s is a TypeError', async (_, api, { name }) => {
		await expect(send(newFetch(), api, name, true)).rejects.toThrow(TypeError);
	});

	it('no-cors answers a client that is not a browser, without the headers', async () => {
		const response = await newService({ speed: 0, requireKey: false })({
			method: 'POST',
			url: `${MANTLE}/v1/responses`,
			headers: new Headers(),
			body: JSON.stringify({ model: 'fault.no-cors', input: 'Hello' })
		});
		expect(response.status).toBe(200);
		expect(
			[...response.headers.keys()].filter((name) => name.startsWith('access-control'))
		).toEqual([]);
	});

	it('redirect is opaque to a page that does not follow, and fails one that does', async () => {
		const opaque = await send(newFetch(), 'converse', 'redirect', true, { redirect: 'manual' });
		expect([opaque.type, opaque.status, opaque.ok]).toEqual(['opaqueredirect', 0, false]);
		await expect(send(newFetch(), 'converse', 'redirect', true)).rejects.toThrow(TypeError);
	});
});

describe('a fault of a stream', () => {
	it.each(of('cut-short'))('%s on %s keeps some text and no end', async (name, api, fault) => {
		const { text, bytes, error } = await run(api, fault);
		expect(text).toContain('The');
		expect(text).not.toContain(LAST_WORDS);
		expect(saysEnd(api, text)).toBe(false);
		expect(error === undefined).toBe(name !== 'reset');
		const midFrame = api === 'converse' ? countRest(bytes) > 0 : !text.endsWith('\n\n');
		expect(midFrame).toBe(fault.midFrame ?? false);
	});

	it.each(of('stopped'))('%s on %s stays open until it is stopped', async (_, api, fault) => {
		const { text, error } = await run(api, fault);
		expect(text).toContain('The');
		expect(saysEnd(api, text)).toBe(false);
		expect(error).toMatchObject({ name: 'AbortError' });
	});

	it.each(of('stream-error'))('%s on %s says its words and ends', async (_, api, fault) => {
		const { text, error, bytes } = await run(api, fault);
		expect(text).toContain(fault.words ?? 'words');
		expect(text).not.toContain('[DONE]');
		expect(text).not.toContain('response.completed');
		expect(error).toBeUndefined();
		if (api === 'converse') expect(countRest(bytes)).toBe(0);
	});

	it.each(of('bad-frame'))(
		'%s on %s is refused by the decoder of smithy',
		async (_, api, fault) => {
			const { bytes, type } = await run(api, fault);
			expect(type).toBe('application/vnd.amazon.eventstream');
			const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
			const readAll = (): void => {
				for (let at = 0; at < bytes.length;) {
					const length = view.getUint32(at);
					codec.decode(bytes.subarray(at, at + length));
					at += length;
				}
			};
			expect(readAll).toThrow();
		}
	);

	it.each(cases.filter(([, , { streamed }]) => streamed))(
		'%s on %s leaves a whole answer alone',
		async (_, api, fault) => {
			const { status, text } = await run(api, { ...fault, end: 'finished' }, false);
			expect(status).toBe(200);
			expect(text).toContain(LAST_WORDS);
		}
	);
});

describe('a fault that finishes', () => {
	it.each(of('finished'))('%s on %s says that it ends', async (_, api, fault) => {
		const { status, text } = await run(api, fault);
		expect(status).toBe(200);
		expect(saysEnd(api, text)).toBe(true);
	});

	it.each([
		['max-tokens', 'converse', '"stopReason":"max_tokens"'],
		['max-tokens', 'chat-completions', '"finish_reason":"length"'],
		['max-tokens', 'responses', '"reason":"max_output_tokens"'],
		['content-filter', 'converse', '"stopReason":"content_filtered"'],
		['guardrail', 'converse', '"stopReason":"guardrail_intervened"'],
		['refusal', 'chat-completions', '"delta":{"refusal":'],
		['refusal', 'responses', 'event: response.refusal.delta'],
		['wrong-content-type', 'converse', 'event: contentBlockDelta\ndata: {"contentBlockIndex":0,']
	] as const)('%s on %s ends as %s', async (name, api, words) => {
		const fault = faults.find((candidate) => candidate.name === name);
		const { text } = await run(api, fault ?? expect.fail(`no fault ${name}`));
		expect(text).toContain(words);
	});

	it('empty has no text', async () => {
		const response = await send(newFetch(), 'chat-completions', 'empty', false);
		expect(await response.json()).toMatchObject({ choices: [{ message: { content: '' } }] });
	});

	it.each(['converse', 'chat-completions'] as const)('no-usage on %s reports none', async (api) => {
		const { text } = await (
			await send(newFetch(), api, 'no-usage', true)
		)
			.text()
			.then((body) => ({ text: body }));
		expect(text).not.toMatch(/outputTokens|completion_tokens|\[DONE\]/);
	});

	it('byte-by-byte has chunks of one byte', async () => {
		const { chunks } = await readChunks(await send(newFetch(), 'responses', 'byte-by-byte', true));
		expect(new Set(chunks.map(({ length }) => length))).toEqual(new Set([1]));
	});
});

describe('the status of a fault', () => {
	it.each([
		['validation', 400],
		['access-denied', 403],
		['not-found', 404],
		['model-timeout', 408],
		['detail-list', 422],
		['model-error', 424],
		['throttled', 429],
		['model-not-ready', 429],
		['internal', 500],
		['proxy-html', 502],
		['unavailable', 503]
	])('%s is %i on every API', async (name, status) => {
		for (const api of ['converse', 'chat-completions', 'responses'] as const) {
			expect((await send(newFetch(), api, name, true)).status).toBe(status);
		}
	});

	it('has the envelope of its API', async () => {
		const native = await send(newFetch(), 'converse', 'throttled', true);
		expect(native.headers.get('x-amzn-errortype')).toMatch(/^ThrottlingException:/);
		expect(await native.json()).toEqual({
			message: 'Too many requests, please wait before trying again.'
		});
		const openai = await send(newFetch(), 'responses', 'throttled', true);
		expect(await openai.json()).toEqual({
			error: {
				code: 'rate_limit_exceeded',
				message: 'Too many requests, please wait before trying again.',
				param: null,
				type: 'rate_limit_error'
			}
		});
	});

	it('wrong-prefix answers on the other prefix', async () => {
		const response = await post(newFetch(), `${MANTLE}/openai/v1/responses`, {
			model: 'fault.wrong-prefix',
			input: 'Hello'
		});
		expect(response.status).toBe(200);
	});
});
