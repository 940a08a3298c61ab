import { describe, expect, it, vi } from 'vitest';
import type { Fold } from '../model/fold.ts';
import type { HttpRequest } from '../model/request.ts';
import type { Answer } from '../model/run.ts';
import type { Execution } from './execute.ts';
import type { Fetch } from './probe.ts';
import {
	answerWith,
	converseBody,
	converseMessages,
	encodeEvent,
	encodeWords,
	messages,
	respond,
	respondJson,
	newRequest,
	types
} from './test-kit.ts';

const secret = 'bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t';
const { start, hi, you, messageStop } = messages;

describe('what execute sends', () => {
	async function sentWith(changes: Partial<Execution>) {
		const fetch = vi.fn<Fetch>(async () => respondJson(converseBody));
		const run = await answerWith(fetch, changes);
		return { run, calls: fetch.mock.calls };
	}

	it('is the request as it is, with the key only in Authorization', async () => {
		const { calls } = await sentWith({ secret });
		const { method, url, headers, body: text } = newRequest();
		expect(calls).toEqual([
			[
				url,
				{
					method,
					headers: { ...headers, Authorization: `Bearer ${secret}` },
					body: text,
					signal: expect.any(AbortSignal),
					mode: 'cors',
					credentials: 'omit',
					redirect: 'manual',
					referrerPolicy: 'no-referrer',
					cache: 'no-store'
				}
			]
		]);
	});

	it('has no Authorization without a key, not even one from the request', async () => {
		const request = newRequest();
		const headers = { ...request.headers, authorization: 'Bearer other' };
		const { calls } = await sentWith({ request: { ...request, headers } });
		expect(new Headers(calls[0]?.[1].headers).has('authorization')).toBe(false);
	});

	it.each([
		['a key with a line break', { secret: 'abc\ndef' }, 'bad-key'],
		['a key outside ASCII', { secret: 'schlüssel' }, 'bad-key'],
		['a key outside Latin-1', { secret: 'ключ-ключ' }, 'bad-key'],
		['an empty key', { secret: '' }, 'bad-key'],
		['a broken address', { request: withRequest({ url: 'https://' }) }, 'bad-url'],
		['the model ..', { request: withRequest({ url: 'https://h/model/../converse' }) }, 'bad-model'],
		['the model .', { request: withRequest({ url: 'https://h/model/./converse' }) }, 'bad-model'],
		['%2e as it', { request: withRequest({ url: 'https://h/model/%2E/converse' }) }, 'bad-model'],
		['a broken header', { request: withRequest({ headers: { x: 'a\nb' } }) }, 'bad-header']
	])('is nothing for %s', async (_, changes, code) => {
		const { run, calls } = await sentWith(changes);
		const error = { status: 0, code, message: '', raw: '' };
		expect({ outcome: run.outcome, calls }).toEqual({
			outcome: { end: 'http-error', error },
			calls: []
		});
	});
});

describe('the key', () => {
	it.each([
		['a header', respond([''], 'text/plain', { status: 400, headers: { echo: secret } })],
		['the words of an error', respondJson({ message: `Invalid key ${secret}` }, 401)],
		['HTML', respond([`<p>Bearer ${secret}</p>`], 'text/html')],
		[
			'the answer',
			respondJson({ ...converseBody, output: { message: { content: [{ text: secret }] } } })
		],
		[
			'an error message',
			respond(
				[encodeWords({ 'message-type': 'error', 'error-message': secret }, '')],
				types.messages
			)
		],
		['a broken event', respond([`data: ${secret}\n\n`], types.sse)]
	])('is not in the run when the service repeats it in %s', async (_, response) => {
		const run = await answerWith(response, { secret });
		expect(run.outcome).toBeDefined();
		expect(JSON.stringify(run)).not.toContain(secret);
		expect(JSON.stringify(run)).toContain('[key]');
	});
});

describe('what execute tells', () => {
	/** A clock that stands at the number of the chunk, in hundreds of ms. */
	function record(chunks: Uint8Array[]) {
		let time = 1000;
		const seen: { events: number; text: string; times: Answer['times'] }[] = [];
		const onchange = (_: unknown, fold: Fold, received: Answer['received']) => {
			const [part] = fold.parts;
			seen.push({
				events: received.frames,
				text: part?.type === 'text' ? part.text : '',
				times: { ...fold.times }
			});
			time += 100;
		};
		const fetch: Fetch = async () => {
			time += 50;
			return respond(chunks, types.messages);
		};
		const chunksSeen: number[] = [];
		return {
			seen,
			chunksSeen,
			changes: {
				onchange,
				now: () => time,
				onchunk: ({ t }: { t: number }) => chunksSeen.push(t)
			},
			fetch
		};
	}

	it('is progress with the headers and once per chunk', async () => {
		const { seen, chunksSeen, changes, fetch } = record([start, hi, you, messageStop]);
		const run = await answerWith(fetch, changes);
		expect(seen.map(({ events, text }) => [events, text])).toEqual([
			[0, ''],
			[1, ''],
			[2, 'Hi'],
			[3, 'Hi you'],
			[4, 'Hi you']
		]);
		expect(seen[0]?.times).toEqual({ headers: 50 });
		expect(seen[2]?.times).toEqual({ headers: 50, firstToken: 250, firstText: 250 });
		expect(chunksSeen).toEqual([150, 250, 350, 450]);
		expect(run.times).toEqual({ headers: 50, firstToken: 250, firstText: 250, end: 450 });
	});

	it('tells the first thought from the first text', async () => {
		const delta = { contentBlockIndex: 0, delta: { reasoningContent: { text: 'Hm' } } };
		const text = encodeEvent('contentBlockDelta', { contentBlockIndex: 1, delta: { text: 'A' } });
		const thought = encodeEvent('contentBlockDelta', delta);
		const { changes, fetch } = record([start, thought, text, messageStop]);
		expect((await answerWith(fetch, changes)).times).toMatchObject({
			firstToken: 250,
			firstText: 350
		});
	});

	it('is one chunk as one progress, however many events it has', async () => {
		const onchange = vi.fn();
		const all = new Uint8Array(converseMessages.flatMap((bytes) => [...bytes]));
		await answerWith(respond([all], types.messages), { onchange });
		expect(onchange).toHaveBeenCalledTimes(2);
	});

	it('leaves usage out when the service reports none', async () => {
		const run = await answerWith(respond([start, hi, messageStop], types.messages));
		expect(run).not.toHaveProperty('usage');
	});

	it('gives the whole run of a body that is not streamed', async () => {
		const response = respond([JSON.stringify(converseBody)], types.json, {
			headers: { 'X-Amzn-RequestId': 'r' }
		});
		const run = await answerWith(response, { now: () => 7 });
		expect(run).toEqual({
			status: 200,
			headers: { 'content-type': 'application/json', 'x-amzn-requestid': 'r' },
			parts: [{ type: 'text', text: 'Hi' }],
			usage: { input: 1, output: 2, raw: converseBody.usage },
			times: { headers: 0, firstToken: 0, firstText: 0, end: 0 },
			received: { frames: 1, bytes: JSON.stringify(converseBody).length },
			outcome: { end: 'finished', reason: 'end_turn' }
		});
	});
});

function withRequest(changes: Partial<HttpRequest>): HttpRequest {
	return { ...newRequest(), ...changes };
}
