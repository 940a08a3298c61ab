import { describe, expect, it } from 'vitest';
import { defaultModel } from './defaults.ts';
import { modelName, profilesFor, servesRegion, suggestModels } from './models.ts';
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

	it('knows the model that a fresh draft names, in every Region', () => {
		for (const region of runtimeRegions) {
			expect(modelName(defaultModel('converse', region)), region).toBe('Claude Sonnet 4.5');
			expect(servesRegion(defaultModel('converse', region), region), region).toBe(true);
		}
		expect(mantleRegions.every((region) => runtimeRegions.includes(region))).toBe(true);
	});
});
