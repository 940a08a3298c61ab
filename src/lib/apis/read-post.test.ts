import { describe, expect, it } from 'vitest';
import { readTarget } from './read-post.ts';

describe('where a request was sent', () => {
	it.each([
		['https://bedrock-runtime.eu-west-1.amazonaws.com/openai/v1', { endpoint: 'runtime' }],
		[
			'https://bedrock-mantle.eu-west-1.api.aws/openai/v1',
			{ endpoint: 'mantle', prefix: '/openai/v1' }
		],
		['https://bedrock-mantle.eu-west-1.api.aws/v1', { endpoint: 'mantle', prefix: '/v1' }],
		['https://gateway.example.com/api/v1', { endpoint: 'gateway' }]
	])('%s is read as %j', (base, found) => {
		const url = `${base}/chat/completions`;
		expect(readTarget({ method: 'POST', url, headers: {} })).toEqual(found);
	});
});
