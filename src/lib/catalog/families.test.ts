import { describe, expect, it } from 'vitest';
import { familyOfModel } from './families.ts';
import list from './models.json' with { type: 'json' };

const labels = (model: string): string[] =>
	familyOfModel(model)?.fields.map(({ path }) => path.join('.')) ?? [];

describe('the family of a model', () => {
	it.each([
		['us.anthropic.claude-opus-4-7', ['thinking.type', 'anthropic_beta']],
		['anthropic.claude-sonnet-5', ['thinking.type', 'anthropic_beta']],
		[
			'arn:aws:bedrock:us-west-2:1:inference-profile/global.anthropic.claude-sonnet-4-6',
			['thinking.type', 'thinking.budget_tokens', 'top_k', 'anthropic_beta']
		],
		[
			'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
			['thinking.budget_tokens', 'top_k', 'anthropic_beta']
		],
		['anthropic.claude-3-5-sonnet-20240620-v1:0', ['top_k', 'anthropic_beta']],
		['us.amazon.nova-2-lite-v1:0', ['reasoningConfig.maxReasoningEffort', 'inferenceConfig.topK']],
		['amazon.nova-pro-v1:0', ['inferenceConfig.topK']],
		['us.openai.gpt-6-sol', ['reasoning.effort', 'text.format.strict']],
		['openai.gpt-oss-120b-1:0', ['reasoning_effort']],
		['us.deepseek.r1-v1:0', []],
		['never.heard-of-it', []]
	])('%s takes %j', (model, fields) => {
		expect(labels(model)).toEqual(fields);
	});

	it('is known of each maker that is in the table, by ids of the catalogue', () => {
		const ids = list.models.flatMap(({ runtime, mantle }) => [runtime?.id, mantle?.id]);
		const known = new Set(ids.map((id) => familyOfModel(id ?? '')).filter(Boolean));
		// Each row but for the older Claude, which the catalogue may no longer have.
		expect(known.size).toBeGreaterThanOrEqual(11);
		for (const family of known)
			expect(family?.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
	});

	it('has fields that begin with a value that they may have', () => {
		for (const id of [
			'anthropic.claude-opus-4-7',
			'amazon.nova-2-lite-v1:0',
			'cohere.command-r-v1:0'
		]) {
			for (const field of familyOfModel(id)?.fields ?? []) {
				if (field.kind === 'choice') expect(field.choices).toContain(field.initial);
			}
		}
	});
});
