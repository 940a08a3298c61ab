import { describe, expect, it } from 'vitest';
import { apis } from '../apis/index.ts';
import { newMessage } from '../model/draft.ts';
import type { ApiId } from '../model/draft.ts';
import type { Chunk } from '../model/exchange.ts';
import type { Target } from '../model/request.ts';
import { faults } from '../simulator/faults.ts';
import { newSimulator } from '../simulator/simulator.ts';
import { execute } from './execute.ts';
import { readExchange } from './read-answer.ts';

const targets: Record<ApiId, Target> = {
	converse: {
		endpoint: 'runtime',
		base: 'https://bedrock-runtime.us-west-2.amazonaws.com'
	},
	'chat-completions': { endpoint: 'mantle', base: 'https://bedrock-mantle.us-east-1.api.aws/v1' },
	responses: { endpoint: 'mantle', base: 'https://bedrock-mantle.us-east-1.api.aws/v1' }
};

const names = ['', ...new Set(faults.map(({ name }) => name))];
const cases = Object.values(apis).flatMap(({ id }) =>
	names.flatMap((name) =>
		[true, false].map((stream): [ApiId, string, boolean] => [id, name, stream])
	)
);

async function run(id: ApiId, fault: string, stream: boolean) {
	const api = apis[id];
	const own = id === 'converse' ? 'openai.gpt-oss-120b-1:0' : 'openai.gpt-oss-120b';
	const model = fault === '' ? own : `fault.${fault}`;
	const messages = [newMessage('user', 'What happens before the first token?')];
	const { request } = api.build({ model, messages, params: {}, stream }, targets[id]);
	const stop = new AbortController();
	const chunks: Chunk[] = [];
	let time = 0;
	const done = execute({
		api,
		request,
		startedAt: 1,
		signal: stop.signal,
		fetch: newSimulator({ speed: 0, requireKey: false }),
		now: () => time++,
		page: { online: () => true },
		onchunk: (chunk) => chunks.push(chunk)
	});
	// At speed 0 all that will ever come of a stall has come after a turn of the event loop.
	if (fault === 'stall') setTimeout(() => stop.abort(), 20);
	return { api, chunks, ...(await done) };
}

describe('an exchange, read again, is the answer that was read live', () => {
	it.each(cases)('%s %s, streamed %s', async (id, fault, stream) => {
		const { api, chunks, exchange, answer } = await run(id, fault, stream);
		const copy = structuredClone(exchange);
		const again = readExchange(api, exchange);
		expect(again).toEqual(answer);
		expect(readExchange(api, exchange)).toEqual(answer);
		// What a browser may take from storage.
		expect(readExchange(api, copy)).toEqual(answer);
		expect(chunks).toEqual(exchange.chunks);
	});
});

describe('an exchange whose page was closed', () => {
	it.each(Object.values(apis).map(({ id }) => id))('%s is that before its end', async (id) => {
		const { api, exchange } = await run(id, '', true);
		const bytes = exchange.chunks.flatMap(({ bytes }) => [...bytes]);
		const ends = new Set<string>();
		for (let length = 0; length <= bytes.length; length += 97) {
			const chunks = [{ t: 1, bytes: Uint8Array.from(bytes.slice(0, length)) }];
			const { outcome } = readExchange(api, { ...exchange, chunks, end: 'page-closed' });
			ends.add(outcome.end);
			expect(outcome.end).toMatch(/^(page-closed|finished)$/);
		}
		expect(readExchange(api, { ...exchange, end: 'page-closed' }).outcome.end).toBe('finished');
		expect(ends).toContain('page-closed');
	});

	it('is that before any answer', () => {
		const request = { method: 'POST', url: 'https://a.example/', headers: {} } as const;
		const exchange = { request, startedAt: 0, chunks: [], times: { end: 5 } };
		const read = (end: 'page-closed' | 'stopped') =>
			readExchange(apis.converse, { ...exchange, end }).outcome;
		expect(read('page-closed')).toEqual({ end: 'page-closed' });
		expect(read('stopped')).toEqual({ end: 'stopped' });
	});
});
