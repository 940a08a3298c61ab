import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../model/draft.ts';
import type { Served } from './targets.ts';
import {
	defaultEndpoint,
	endpointsIn,
	hostOf,
	mantlePrefix,
	mantleRegions,
	runtimeRegions,
	targetFor,
	targetOf
} from './targets.ts';

const runtimeOnly: Served = { endpoints: ['runtime'], prefixed: false };
const both: Served = { endpoints: ['runtime', 'mantle'], prefixed: true };

function newDraft(model: string, fields: Partial<Draft> = {}): Draft {
	return { model, messages: [], params: {}, ...fields };
}

describe('the prefix on mantle', () => {
	it.each([
		['openai.gpt-oss-120b', '/v1'],
		['openai.gpt-oss-safeguard-20b', '/v1'],
		['openai.gpt-5.6-sol', '/openai/v1'],
		['openai.gpt-6-luna', '/openai/v1'],
		['us.openai.gpt-6-luna', '/openai/v1'],
		['google.gemma-4-31b', '/openai/v1'],
		['google.gemma-3-27b-it', '/v1'],
		['xai.grok-4.6', '/openai/v1'],
		['zai.glm-5', '/v1'],
		['', '/v1']
	])('of %s is %s', (model, prefix) => {
		expect(mantlePrefix(model)).toBe(prefix);
	});
});

describe('the endpoint of a draft that names none', () => {
	it.each<[Served, string, string, 'runtime' | 'mantle']>([
		[runtimeOnly, 'openai.gpt-oss-120b', 'us-east-1', 'runtime'],
		[both, 'openai.gpt-oss-120b', 'us-east-1', 'mantle'],
		[both, 'openai.gpt-oss-120b', 'us-west-1', 'runtime'],
		[both, 'openai.gpt-oss-120b-1:0', 'us-east-1', 'runtime'],
		[both, 'us.openai.gpt-5.6-sol', 'us-east-1', 'runtime'],
		[both, 'global.xai.grok-4.6', 'us-east-1', 'runtime'],
		[both, 'arn:aws:bedrock:us-east-1:1:inference-profile/us.x', 'us-east-1', 'runtime']
	])('for %j of %s in %s is %s', (api, model, region, endpoint) => {
		expect(defaultEndpoint(api, model, region)).toBe(endpoint);
	});
});

describe('the endpoints of an API', () => {
	it.each<[Served, string, string[]]>([
		[both, 'us-east-1', ['runtime', 'mantle']],
		[both, 'us-west-1', ['runtime']],
		[runtimeOnly, 'us-east-1', ['runtime']]
	])('%j in %s are %j', (api, region, endpoints) => {
		expect(endpointsIn(api, region)).toEqual(endpoints);
	});
});

describe('a target', () => {
	const runtime = 'https://bedrock-runtime.us-east-1.amazonaws.com';
	const mantle = 'https://bedrock-mantle.us-east-1.api.aws';
	it.each<[Served, Draft, string]>([
		[runtimeOnly, newDraft('openai.gpt-oss-120b', { endpoint: 'mantle', prefix: '/v1' }), runtime],
		[both, newDraft('openai.gpt-oss-120b'), `${mantle}/v1`],
		[both, newDraft('openai.gpt-oss-120b', { endpoint: 'runtime' }), `${runtime}/openai/v1`],
		[both, newDraft('openai.gpt-6-luna'), `${mantle}/openai/v1`],
		[both, newDraft('openai.gpt-6-luna', { prefix: '/v1' }), `${mantle}/v1`],
		[both, newDraft('us.xai.grok-4.6', { endpoint: 'mantle' }), `${mantle}/openai/v1`]
	])('of %j for %j is %s', (api, draft, base) => {
		expect(targetFor(api, draft, 'us-east-1').base).toBe(base);
	});

	it.each([
		[`${runtime}/model/a%2Fb/converse`, runtime, 'runtime'],
		[`${runtime}/model/a/b/converse-stream`, runtime, 'runtime'],
		[`${runtime}/openai/v1/responses`, `${runtime}/openai/v1`, 'runtime'],
		[`${mantle}/v1/chat/completions`, `${mantle}/v1`, 'mantle'],
		[
			'https://gateway.example.com:8443/api/v1/chat/completions',
			'https://gateway.example.com:8443/api/v1',
			'gateway'
		],
		[
			'https://bedrock-mantle.us-east-1.api.aws.example.com/v1/responses',
			'https://bedrock-mantle.us-east-1.api.aws.example.com/v1',
			'gateway'
		],
		[
			'https://bedrock-runtime.us-east-1.amazonaws.com.example.com/openai/v1/responses',
			'https://bedrock-runtime.us-east-1.amazonaws.com.example.com/openai/v1',
			'gateway'
		],
		[
			'https://bedrock-runtime-fips.us-east-1.amazonaws.com/openai/v1/responses',
			'https://bedrock-runtime-fips.us-east-1.amazonaws.com/openai/v1',
			'runtime'
		]
	])('is found again in %s', (url, base, endpoint) => {
		expect(targetOf(url)).toEqual({ base, endpoint });
	});
});

describe('the Regions', () => {
	it('are named like Regions, each once', () => {
		for (const list of [runtimeRegions, mantleRegions]) {
			expect(new Set(list).size).toBe(list.length);
			for (const region of list) expect(region).toMatch(/^[a-z]{2}(-gov)?-[a-z]+-\d$/);
		}
		expect(hostOf('runtime', 'eu-west-1')).toBe('bedrock-runtime.eu-west-1.amazonaws.com');
		expect(hostOf('mantle', 'eu-west-1')).toBe('bedrock-mantle.eu-west-1.api.aws');
	});

	it('of the examples are known', () => {
		const file = new URL('../../../tests/fixtures/requests.json', import.meta.url);
		const hosts = readFileSync(file, 'utf8').matchAll(/bedrock-(runtime|mantle)\.([a-z0-9-]+)\./g);
		for (const [, endpoint, region] of hosts) {
			expect(endpoint === 'runtime' ? runtimeRegions : mantleRegions).toContain(region);
		}
	});
});
