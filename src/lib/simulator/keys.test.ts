import { getToken } from '@aws/bedrock-token-generator';
import { describe, expect, it } from 'vitest';
import { newSimulator } from './simulator.ts';
import {
	CHAT,
	chatBody,
	CONVERSE,
	converseBody,
	LONG_TERM_KEY,
	OSS,
	post,
	readJson
} from './test-kit.ts';

const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1%3A0';

describe('a key', () => {
	const minted = (region: string, expiresInSeconds = 3600) =>
		getToken({
			credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'dummy', sessionToken: 'dummy' },
			region,
			expiresInSeconds
		});
	const ask = (url: string, key: string | undefined, now?: () => number) =>
		post(
			newSimulator({ speed: 0, ...(now && { now }) }),
			url,
			url === CHAT ? chatBody(OSS, 'x') : converseBody('x'),
			{
				headers: key === undefined ? {} : { authorization: `Bearer ${key}` }
			}
		);
	const garbage = 'Authentication failed: Please make sure your API Key is valid.';
	const scoped = 'Credential should be scoped to a valid region';
	const invalid = {
		error: {
			code: 'invalid_api_key',
			message: 'Invalid API key',
			param: null,
			type: 'authentication_error'
		}
	};

	it('is accepted where it is good', async () => {
		expect((await ask(CONVERSE, await minted('us-west-2'))).status).toBe(200);
		expect((await ask(CHAT, await minted('us-east-1'))).status).toBe(200);
		expect((await ask(CHAT, LONG_TERM_KEY)).status).toBe(200);
	});

	it.each([
		['missing', undefined, { message: 'Missing Authentication Token' }],
		['garbage', 'sk-123', { Message: garbage }],
		['not base64', 'bedrock-api-key-###', { Message: garbage }],
		[
			'not a signed address',
			`bedrock-api-key-${btoa('bedrock.amazonaws.com/?a=b')}`,
			{ Message: garbage }
		]
	])('that is %s is refused on the runtime', async (_, key, body) => {
		const response = await ask(CONVERSE, key);
		expect(response.status).toBe(403);
		expect(await response.json()).toEqual(body);
	});

	it.each([[undefined], ['sk-123']])('%s is refused on mantle', async (key) => {
		const response = await ask(CHAT, key);
		expect(response.status).toBe(401);
		expect(await response.json()).toEqual(invalid);
	});

	it('is refused after its time', async () => {
		const key = await minted('us-west-2', 600);
		const later = () => Date.now() + 601_000;
		expect((await ask(CONVERSE, key, () => Date.now() + 500_000)).status).toBe(200);
		const response = await ask(CONVERSE, key, later);
		expect(response.status).toBe(403);
		expect(await response.json()).toEqual({ Message: 'Bearer Token has expired' });
	});

	it('is refused in another region, and a loopback host has none', async () => {
		const key = await minted('eu-west-1');
		expect(await readJson(ask(CONVERSE, key))).toEqual({ Message: scoped });
		expect(await readJson(ask(CHAT, key))).toMatchObject({ error: { message: scoped } });
		expect((await ask(`http://localhost:3000/model/${CLAUDE}/converse`, key)).status).toBe(200);
	});
});
