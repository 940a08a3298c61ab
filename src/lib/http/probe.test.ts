import { describe, expect, it, vi } from 'vitest';
import { answerWith, sayOutcome } from './test-kit.ts';
import type { Fetch } from './probe.ts';

const url = 'https://bedrock-runtime.us-west-2.amazonaws.com';
const fail: Fetch = async (_, { headers }) => {
	throw new TypeError(`Failed to fetch ${JSON.stringify(headers)}`);
};

/** Fails the request, and answers or fails the probe. */
function failWith(probe: Fetch) {
	return vi.fn<Fetch>((to, init) => (init.mode === 'no-cors' ? probe(to, init) : fail(to, init)));
}

/** A document in which the policy blocks an address, a task after it was asked for. */
function blocking(blockedURI: string) {
	const violations = new EventTarget();
	const fetch: Fetch = (to, init) => {
		const event = Object.assign(new Event('securitypolicyviolation'), { blockedURI });
		setTimeout(() => violations.dispatchEvent(event));
		return fail(to, init);
	};
	return { fetch, page: { online: () => true, violations } };
}

describe('a request that gets no answer', () => {
	it.each<[string, Fetch, string]>([
		['the host answers a probe', async () => new Response(), 'unreachable withheld'],
		['the probe fails too', fail, 'unreachable no-answer']
	])('is told apart: %s', async (_, probe, outcome) => {
		const run = await answerWith(failWith(probe), { secret: 'secret-key' });
		expect(sayOutcome(run.outcome)).toBe(outcome);
		expect(run.outcome).toMatchObject({ host: 'bedrock-runtime.us-west-2.amazonaws.com' });
		expect(JSON.stringify(run)).not.toContain('secret-key');
	});

	it.each<[string, string[], Fetch, string]>([
		['read before and still up', [url], async () => new Response(), 'unreachable closed'],
		['read before and gone', [url], fail, 'unreachable no-answer'],
		[
			'another that was read',
			['https://b.example'],
			async () => new Response(),
			'unreachable withheld'
		]
	])('has closed the connection where the host was %s', async (_, readable, probe, outcome) => {
		const page = { online: () => true, readable: new Set(readable) };
		const run = await answerWith(failWith(probe), { page });
		expect(sayOutcome(run.outcome)).toBe(outcome);
	});

	it('remembers a host whose answer it could read, an error too', async () => {
		const page = { online: () => true, readable: new Set<string>() };
		await answerWith(async () => new Response('', { status: 403 }), { page });
		expect([...page.readable]).toEqual([url]);
	});

	it('is not probed when the browser is offline', async () => {
		const fetch = failWith(fail);
		const { outcome } = await answerWith(fetch, { page: { online: () => false } });
		expect(sayOutcome(outcome)).toBe('unreachable offline');
		expect(fetch).toHaveBeenCalledTimes(1);
	});

	it('is probed without a key, a prompt or credentials', async () => {
		const fetch = failWith(fail);
		await answerWith(fetch, { secret: 'secret-key' });
		expect(fetch.mock.calls[1]).toEqual([
			`${url}/`,
			{
				method: 'GET',
				mode: 'no-cors',
				credentials: 'omit',
				referrerPolicy: 'no-referrer',
				cache: 'no-store',
				signal: expect.any(AbortSignal)
			}
		]);
	});

	it('waits 3 s for the probe', async () => {
		const waits: number[] = [];
		const timer = (run: () => void, ms: number) => {
			waits.push(ms);
			setTimeout(run);
			return () => undefined;
		};
		const hang: Fetch = () => new Promise(() => undefined);
		const { outcome } = await answerWith(failWith(hang), { timer });
		expect(sayOutcome(outcome)).toBe('unreachable no-answer');
		expect(waits).toEqual([3000]);
	});

	it('is the doing of the policy when that reports this host, and only then', async () => {
		const own = blocking(`${url}/model/x/converse`);
		expect(sayOutcome((await answerWith(own.fetch, own)).outcome)).toBe('unreachable policy');
		const other = blocking('https://example.com/');
		expect(sayOutcome((await answerWith(other.fetch, other)).outcome)).toBe(
			'unreachable no-answer'
		);
	});

	it('is stopped when Stop is pressed during the probe', async () => {
		const stop = new AbortController();
		const hang: Fetch = () => {
			stop.abort();
			return new Promise(() => undefined);
		};
		const { outcome } = await answerWith(failWith(hang), { signal: stop.signal });
		expect(sayOutcome(outcome)).toBe('stopped');
	});
});
