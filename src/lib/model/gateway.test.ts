import { describe, expect, it } from 'vitest';
import { newKey } from '../../../tests/new-key.mjs';
import { readGatewayAddress } from './gateway-address.ts';
import { readGatewaySecret } from './gateway-secret.ts';

describe('the address of a gateway', () => {
	it.each([
		['https://gateway.example.com/api/v1', 'https://gateway.example.com/api/v1'],
		['  https://Gateway.Example.com/api/v1/ \n', 'https://gateway.example.com/api/v1'],
		['https://gateway.example.com/api/v1/chat/completions', 'https://gateway.example.com/api/v1'],
		['https://gateway.example.com/api/v1/embeddings', 'https://gateway.example.com/api/v1'],
		['https://gateway.example.com/v1/models/', 'https://gateway.example.com/v1'],
		['gateway.example.com/api/v1', 'https://gateway.example.com/api/v1'],
		['localhost:8000/api/v1', 'http://localhost:8000/api/v1'],
		['127.0.0.1:4000', 'http://127.0.0.1:4000'],
		['http://[::1]:4000/v1', 'http://[::1]:4000/v1'],
		['https://localhost', 'https://localhost'],
		['https://gateway.example.com/a/../api//v1', 'https://gateway.example.com/api//v1'],
		['https://ex\u00e4mple.com', 'https://xn--exmple-cua.com']
	])('%j is %s', (typed, base) => {
		expect(readGatewayAddress(typed)).toEqual({ base });
		// What is stored is read again by the same rules.
		expect(readGatewayAddress(base)).toEqual({ base });
	});

	it.each([
		['', 'empty'],
		['  ', 'empty'],
		['http://gateway.example.com/api/v1', 'not-secure'],
		['http://127.0.0.1.evil.test', 'not-secure'],
		['http://localhost.evil.test', 'not-secure'],
		['http://10.0.0.1:8000', 'not-secure'],
		['https://user:password@gateway.example.com', 'too-much'],
		['https://127.0.0.1@evil.test', 'too-much'],
		['https://gateway.example.com/v1?api-version=1', 'too-much'],
		['https://gateway.example.com/v1#x', 'too-much'],
		['javascript:alert(1)', 'not-an-address'],
		['ftp://gateway.example.com', 'not-an-address'],
		['https://', 'not-an-address'],
		['my gateway', 'not-an-address'],
		['https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1', 'bedrock'],
		['https://bedrock-mantle.us-west-2.api.aws/v1', 'bedrock'],
		['https://bedrock.us-west-2.amazonaws.com', 'bedrock']
	])('%j is %s', (typed, problem) => {
		expect(readGatewayAddress(typed)).toEqual({ problem });
	});
});

describe('the key of a gateway', () => {
	it.each([
		['', ''],
		[' bedrock\n', 'bedrock'],
		['Bearer gw-1', 'gw-1'],
		['export OPENAI_API_KEY="sk-1"', 'sk-1'],
		["OPENAI_API_KEY='sk-1'", 'sk-1'],
		['a=b', 'a=b']
	])('%j is %j', (pasted, secret) => {
		expect(readGatewaySecret(pasted)).toEqual({ secret });
	});

	it.each([
		['two words', 'garbled'],
		['sk-\u200b1', 'garbled'],
		[newKey(), 'bedrock'],
		[`Bearer ${newKey()}`, 'bedrock'],
		[`ABSK${btoa('BedrockAPIKey-ab12-at-123456789012:secret')}`, 'bedrock'],
		['AKIAIOSFODNN7EXAMPLE', 'bedrock']
	])('is not %j', (pasted, problem) => {
		expect(readGatewaySecret(pasted)).toEqual({ problem });
	});
});
