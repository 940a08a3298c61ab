import { describe, expect, it } from 'vitest';
import { bareModelId, familyOf, isProfileId, standsInPath } from './model-id.ts';

describe('standsInPath', () => {
	const ids = [
		'.',
		'..',
		'...',
		'%2e',
		'.%2E',
		'a.b',
		'',
		' . ',
		'us.a.b-v1:0',
		'a/..',
		'%2e%2e%2e'
	];
	it.each(ids)('says of “%s” no less than the address does', (model) => {
		const { pathname } = new URL(`https://x.test/model/${encodeURIComponent(model)}/converse`);
		const keeps = pathname === `/model/${encodeURIComponent(model)}/converse`;
		expect(standsInPath(model) && !keeps).toBe(false);
	});

	it.each(['.', '..', '%2e', '%2E.', ' .. '])('refuses “%s”', (model) => {
		expect(standsInPath(model)).toBe(false);
	});

	it.each(['', '...', 'a', 'us.a.b-v1:0', 'arn:aws:bedrock:us-east-1::x/..'])(
		'takes “%s”',
		(model) => {
			expect(standsInPath(model)).toBe(true);
		}
	);
});

describe('a model id', () => {
	it.each([
		['us.anthropic.claude-opus-5', 'anthropic.claude-opus-5', 'anthropic', true],
		['us-gov.openai.gpt-oss-20b-1:0', 'openai.gpt-oss-20b-1:0', 'openai', true],
		['openai.gpt-oss-120b', 'openai.gpt-oss-120b', 'openai', false],
		['arn:aws:bedrock:x:1:y/z', 'arn:aws:bedrock:x:1:y/z', 'arn:aws:bedrock:x:1:y/z', false],
		['', '', '', false]
	])('%j is %j of %j', (model, bare, family, isProfile) => {
		expect(bareModelId(model)).toBe(bare);
		expect(familyOf(model)).toBe(family);
		expect(isProfileId(model)).toBe(isProfile);
	});
});
