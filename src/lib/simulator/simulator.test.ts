import { describe, expect, it } from 'vitest';
import { newService } from './service.ts';
import type { SimulatorOptions } from './simulator.ts';
import {
	CHAT,
	chatBody,
	CONVERSE,
	converseBody,
	MANTLE,
	newFetch,
	OSS,
	post,
	readChunks,
	RESPONSES,
	RUNTIME
} from './test-kit.ts';

async function readStream(response: Promise<Response>): Promise<Uint8Array[]> {
	return (await readChunks(await response)).chunks;
}

describe('the same seed', () => {
	const askAll = async (options: SimulatorOptions) => {
		const fetch = newFetch({ now: () => 1_700_000_000_000, ...options });
		const chat = chatBody(OSS, 'Write 50 words.', { stream: true });
		return [
			await readStream(post(fetch, `${CONVERSE}-stream`, converseBody('Write 80 words.'))),
			await readStream(post(fetch, CHAT, chat)),
			await readStream(
				post(fetch, RESPONSES, { model: OSS, input: 'Write a haiku.', stream: true })
			),
			[...(await post(fetch, CONVERSE, converseBody('Hello'))).headers]
		];
	};

	it('gives the same bytes, in the same chunks', async () => {
		expect(await askAll({ seed: 7 })).toEqual(await askAll({ seed: 7 }));
	});

	it('gives other bytes when it is another', async () => {
		const [ours, theirs] = [await askAll({ seed: 7 }), await askAll({ seed: 8 })];
		for (const at of ours.keys()) expect(ours[at]).not.toEqual(theirs[at]);
	});

	it('does not depend on the pace or on preflights', async () => {
		const slow = newFetch({ seed: 3, speed: 400, now: () => 0 });
		const fast = newFetch({ seed: 3, now: () => 0 });
		await fast(CHAT, { method: 'OPTIONS' });
		const body = chatBody(OSS, 'Hello', { stream: true });
		expect(await readStream(post(slow, CHAT, body))).toEqual(
			await readStream(post(fast, CHAT, body))
		);
	});
});

describe('the chunks of a stream', () => {
	it('hold several frames, parts of frames and parts of characters', async () => {
		const chunks = await readStream(
			post(newFetch(), CHAT, chatBody('mistral.ministral-3-3b-instruct', '你好', { stream: true }))
		);
		const texts = chunks.map((chunk) => new TextDecoder('utf-8').decode(chunk));
		expect(texts.some((text) => (text.match(/\n\n/g) ?? []).length > 1)).toBe(true);
		expect(texts.some((text) => !text.endsWith('\n\n'))).toBe(true);
		expect(texts.some((text) => text.endsWith('\ufffd'))).toBe(true);
		const whole = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
		expect(whole).toContain('🚀');
	});

	it('come after a wait at a pace, and are cut off by an abort', async () => {
		const stop = new AbortController();
		const response = await post(
			newFetch({ speed: 50 }),
			`${CONVERSE}-stream`,
			converseBody('Write 20000 words.'),
			{ signal: stop.signal }
		);
		const reader = response.body?.getReader();
		expect((await reader?.read())?.done).toBe(false);
		stop.abort();
		await expect(reader?.read()).rejects.toMatchObject({ name: 'AbortError' });
	});

	it('do not begin when the signal is aborted before the headers', async () => {
		const stop = new AbortController();
		const waiting = post(newFetch({ speed: 1 }), CONVERSE, converseBody('Hello'), {
			signal: stop.signal
		});
		stop.abort();
		await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
	});
});

describe('CORS', () => {
	it.each([
		['an answer', CONVERSE, converseBody('Hello'), 200],
		['a stream', `${CONVERSE}-stream`, converseBody('Hello'), 200],
		['a refused body', CHAT, 'not json', 400],
		['an unknown path', `${RUNTIME}/v1/responses`, {}, 200],
		['an unknown model', RESPONSES, { model: 'nobody.x', input: 'x' }, 404],
		['an error of the service', CHAT, chatBody('fault.internal', 'x'), 500]
	])('lets a page read %s', async (_, url, body, status) => {
		const response = await post(newFetch(), url, body);
		expect(response.status).toBe(status);
		expect(response.headers.get('access-control-allow-origin')).toBe('*');
		expect(response.headers.get('access-control-expose-headers')).toBe(
			'x-amzn-requestid,x-request-id,date'
		);
		expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
	});

	it('lets a page read that its key is refused', async () => {
		const response = await post(newFetch({ requireKey: true }), CHAT, chatBody(OSS, 'x'));
		expect(response.status).toBe(401);
		expect(response.headers.get('access-control-allow-origin')).toBe('*');
	});

	// A Request of a browser may not carry these headers, so the service is asked.
	it('answers a preflight without a key, and allows the headers that it knows', async () => {
		const response = await newService()({
			method: 'OPTIONS',
			url: CHAT,
			headers: new Headers({
				'access-control-request-headers':
					'authorization,content-type,x-amzn-bedrock-guardrailidentifier,x-stainless-os'
			}),
			body: ''
		});
		expect(response.status).toBe(204);
		expect(response.headers.get('access-control-allow-origin')).toBe('*');
		expect(response.headers.get('access-control-allow-methods')).toContain('DELETE');
		expect(response.headers.get('access-control-allow-headers')).toBe(
			'authorization,content-type,x-amzn-bedrock-guardrailidentifier'
		);
	});
});

describe('the Region that was asked', () => {
	it('is named in the answer, on both endpoints, and on no loopback host', async () => {
		const fetch = newFetch();
		const runtime = await (await post(fetch, CONVERSE, converseBody('Anything'))).text();
		const mantle = await (await post(fetch, CHAT, chatBody(OSS, 'Anything'))).text();
		const loopback = CHAT.replace(MANTLE, 'http://127.0.0.1');
		const local = await (await post(fetch, loopback, chatBody(OSS, 'Anything'))).text();
		expect(runtime).toContain('It was asked in **us-west-2**.');
		expect(mantle).toContain('It was asked in **us-east-1**.');
		expect(local).not.toContain('It was asked in');
	});

	it('is named where a policy forbids the call', async () => {
		const url = CHAT.replace('us-east-1', 'eu-west-1');
		const response = await post(newFetch(), url, chatBody('fault.no-mantle-access', 'x'));
		expect(await response.text()).toContain('arn:aws:bedrock-mantle:eu-west-1:');
	});
});
