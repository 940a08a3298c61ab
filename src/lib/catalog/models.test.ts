import { describe, expect, it } from 'vitest';
import type { EndpointKind } from '../model/request.ts';
import { modelAt, modelName, profilesFor, servesRegion, suggestModels } from './models.ts';
import { mantleRegions, runtimeRegions } from './targets.ts';

const bare = 'anthropic.claude-sonnet-4-5-20250929-v1:0';

describe('the catalogue', () => {
	it('names a model by its id, its profiles and its id on mantle', () => {
		expect(modelName(bare)).toBe('Claude Sonnet 4.5');
		expect(modelName(`eu.${bare}`)).toBe('Claude Sonnet 4.5');
		expect(modelName('openai.gpt-oss-120b')).toBe('gpt-oss-120b');
		expect(modelName('openai.gpt-oss-120b-1:0')).toBe('gpt-oss-120b');
		expect(modelName('nobody.no-such-model')).toBeUndefined();
	});

	it('offers only the profiles of a Region’s own geography and global ones, the near first', () => {
		expect(profilesFor(bare, 'us-west-2')).toEqual([`us.${bare}`, `global.${bare}`]);
		expect(profilesFor(`us.${bare}`, 'eu-central-1')).toEqual([`eu.${bare}`, `global.${bare}`]);
		expect(profilesFor('nobody.no-such-model', 'us-west-2')).toEqual([]);
	});

	it.each([
		['us.x', 'us-east-1', true],
		['us.x', 'us-gov-west-1', false],
		['us-gov.x', 'us-gov-west-1', true],
		['eu.x', 'us-east-1', false],
		['jp.x', 'ap-northeast-1', true],
		['global.x', 'sa-east-1', true],
		['vendor.x', 'us-east-1', false]
	])('says of %s in %s: %s', (profile, region, serves) => {
		expect(servesRegion(profile, region)).toBe(serves);
	});

	it('suggests for an API only models that speak it', () => {
		const ids = suggestModels('responses', 'us-west-2').map(({ id }) => id);
		expect(ids).toContain('openai.gpt-oss-120b');
		expect(ids).not.toContain('zai.glm-5');
		expect(suggestModels('converse', 'us-west-2').map(({ id }) => id)).not.toContain(bare);
	});

	it.each<[string, EndpointKind, string]>([
		['openai.gpt-oss-120b', 'runtime', 'openai.gpt-oss-120b-1:0'],
		['openai.gpt-oss-120b-1:0', 'mantle', 'openai.gpt-oss-120b'],
		['openai.gpt-oss-20b', 'mantle', 'openai.gpt-oss-20b'],
		['us-gov.openai.gpt-oss-20b-1:0', 'mantle', 'openai.gpt-oss-20b'],
		['openai.gpt-6-luna', 'runtime', 'us.openai.gpt-6-luna'],
		['global.openai.gpt-6-luna', 'runtime', 'global.openai.gpt-6-luna'],
		['global.openai.gpt-6-luna', 'mantle', 'openai.gpt-6-luna'],
		['openai.gpt-5.4', 'runtime', 'openai.gpt-5.4'],
		['anthropic.claude-opus-5', 'mantle', 'anthropic.claude-opus-5'],
		['nobody.no-such-model', 'runtime', 'nobody.no-such-model'],
		[
			'arn:aws:bedrock:us-west-2:1:inference-profile/us.x',
			'mantle',
			'arn:aws:bedrock:us-west-2:1:inference-profile/us.x'
		],
		['', 'runtime', '']
	])('has %j on %s as %j', (model, endpoint, id) => {
		expect(modelAt(model, endpoint, 'us-west-2')).toBe(id);
	});

	it('serves mantle only in Regions that runtime serves too', () => {
		expect(mantleRegions.every((region) => runtimeRegions.includes(region))).toBe(true);
	});
});
