import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newSimulator } from './simulator.ts';

interface Example {
	id: string;
	request: { method: string; url: string; headers: Record<string, string>; body?: object };
	response?: { status: number };
}

const file = new URL('../../../tests/fixtures/requests.json', import.meta.url);
const { examples } = JSON.parse(readFileSync(file, 'utf8')) as { examples: Example[] };

describe('the examples of our sources', () => {
	it('are all here', () => expect(examples.length).toBeGreaterThanOrEqual(33));

	it.each(examples.map((example): [string, Example] => [example.id, example]))(
		'%s gets the status that it got',
		async (id, { request, response }) => {
			const keyless = id !== 'chat-invalid-key';
			const fetch = newSimulator({
				speed: 0,
				requireKey: !keyless,
				gateway: 'gateway.example.com'
			});
			const { method, url, headers, body } = request;
			const answer = await fetch(url, {
				method,
				headers: { ...headers, ...(!keyless && { authorization: 'Bearer wrong' }) },
				...(body !== undefined && { body: JSON.stringify(body) })
			});
			// The second turn goes on from a response of another account.
			const expected = id === 'responses-turn-2' ? 404 : (response?.status ?? 200);
			expect(answer.status).toBe(expected);
		}
	);
});
