import { describe, expect, it } from 'vitest';
import { bareModelId, familyOf, isPathStep, isProfileId } from './model-id.ts';

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

	it.each(['.', '..'])(
		'is never %s, which an address takes for a step, encoded or not',
		(model) => {
			expect(isPathStep(model)).toBe(true);
			const encoded = model.replaceAll('.', '%2E');
			expect(new URL(`https://example.com/model/${encoded}/converse`).pathname).not.toContain(
				encoded
			);
		}
	);

	it.each(['', '...', 'a.b', '.a'])('can be %j as far as an address goes', (model) => {
		expect(isPathStep(model)).toBe(false);
		const path = new URL(`https://example.com/model/${model}/converse`).pathname;
		expect(path).toBe(`/model/${model}/converse`);
	});
});
