import { describe, expect, it } from 'vitest';
import { requestApis } from '../apis/outgoing.ts';
import { apiIds } from '../model/draft.ts';
import type { ApiId } from '../model/draft.ts';
import { endpointsOf, models, suggestModels } from './models.ts';
import { placesOf, servingOf } from './serving.ts';
import { hostOf, mantleRegions, runtimeRegions, targetFor } from './targets.ts';

const account = 'arn:aws:bedrock:us-west-2:123456789012';
const profile = `${account}:application-inference-profile/abc123`;

describe('where a model can be called', () => {
	it.each<[string, string[]]>([
		[
			'openai.gpt-oss-120b',
			[
				'converse runtime openai.gpt-oss-120b-1:0',
				'chat-completions mantle openai.gpt-oss-120b',
				'responses mantle openai.gpt-oss-120b'
			]
		],
		[
			'openai.gpt-oss-120b-1:0',
			[
				'converse runtime openai.gpt-oss-120b-1:0',
				'chat-completions runtime openai.gpt-oss-120b-1:0',
				'responses mantle openai.gpt-oss-120b'
			]
		],
		['anthropic.claude-sonnet-5', ['converse runtime us.anthropic.claude-sonnet-5']],
		[profile, [`converse runtime ${profile}`]],
		['nobody.no-such-model', []]
	])('%s', (model, places) => {
		expect(
			placesOf(model, 'us-west-2').map((one) => `${one.api} ${one.endpoint} ${one.model}`)
		).toEqual(places);
	});

	it.each<[string, ApiId, string, unknown]>([
		['openai.gpt-oss-120b', 'responses', 'us-west-2', 'served'],
		['nobody.no-such-model', 'responses', 'us-west-2', 'unknown'],
		['zai.glm-5', 'responses', 'us-west-2', 'other-api converse,chat-completions'],
		['us.anthropic.claude-sonnet-5', 'responses', 'us-west-2', 'other-api converse'],
		['openai.gpt-5.4', 'converse', 'us-west-2', 'other-api chat-completions,responses'],
		['openai.gpt-5.4', 'responses', 'us-west-1', 'region '],
		['eu.anthropic.claude-sonnet-5', 'converse', 'us-west-2', 'geography converse'],
		[profile, 'converse', 'us-west-2', 'served'],
		[profile, 'responses', 'us-west-2', 'application-profile converse'],
		[`${account}:inference-profile/us.amazon.nova-pro-v1:0`, 'converse', 'us-west-2', 'served']
	])('%s for %s in %s: %s', (model, api, region, wanted) => {
		const found = servingOf(model, api, region);
		const said =
			typeof found === 'string'
				? found
				: `${found.reason} ${found.elsewhere.map((place) => place.api).join(',')}`;
		expect(said).toBe(wanted);
	});

	it('is where a draft that names an offered id goes by itself, on every API and in every Region', () => {
		const wrong: string[] = [];
		for (const api of apiIds) {
			for (const region of runtimeRegions) {
				for (const { id } of suggestModels(api, region)) {
					const { base } = targetFor(requestApis[api], { model: id }, region);
					const hosts = endpointsOf(id, api, region)?.map((one) => hostOf(one, region));
					if (hosts?.includes(new URL(base).host) !== true) wrong.push(`${api} ${region} ${id}`);
				}
			}
		}
		expect(wrong).toEqual([]);
	});

	it('is some place for every model of the catalogue whose id is known', () => {
		const nowhere = models.filter(({ runtime, mantle }) => {
			const id = runtime?.id ?? mantle?.id;
			return typeof id === 'string' && placesOf(id, 'us-east-1').length === 0;
		});
		expect(nowhere).toEqual([]);
		expect(mantleRegions).toContain('us-east-1');
	});
});
