import { describe, expect, it } from 'vitest';
import { prefillOf } from './prefill.ts';

describe('what a model does with an answer that ends the messages', () => {
	it.each([
		['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'continued'],
		['anthropic.claude-opus-4-20250514-v1:0', 'continued'],
		['global.anthropic.claude-haiku-4-5-20251001-v1:0', 'continued'],
		['anthropic.claude-3-5-sonnet-20241022-v2:0', 'continued'],
		['anthropic.claude-v2:1', 'continued'],
		['us.anthropic.claude-sonnet-4-6', 'refused'],
		['us.anthropic.claude-opus-4-6-v1', 'refused'],
		['global.anthropic.claude-opus-4-7', 'refused'],
		['us.anthropic.claude-sonnet-5', 'refused'],
		['anthropic.claude-opus-5-5', 'refused'],
		['anthropic.claude-fable-5', 'refused'],
		['openai.gpt-oss-120b', undefined],
		['amazon.nova-lite-v1:0', undefined],
		['', undefined]
	])('%s: %s', (model, expected) => {
		expect(prefillOf(model)).toBe(expected);
	});
});
