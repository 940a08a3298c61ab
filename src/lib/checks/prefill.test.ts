import { describe, expect, it } from 'vitest';
import type { Draft, Message } from '../model/draft.ts';
import { text } from '../text/index.ts';
import { prefill } from './prefill.ts';
import { find } from './test-kit.ts';

const hi: Message = { id: 'u', role: 'user', parts: [{ type: 'text', text: 'Hi' }] };
const begun: Message = { id: 'a', role: 'assistant', parts: [{ type: 'text', text: 'Hel' }] };
const given: Message = { ...begun, from: { run: 'r', model: 'm' } };
const older = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const newer = 'us.anthropic.claude-sonnet-4-6';
const thinking = { type: 'enabled', budget_tokens: 1024 };
const extra: Draft['extra'] = { converse: { additionalModelRequestFields: { thinking } } };

describe('an answer that was begun', () => {
	it.each<[string, Partial<Draft>, string[]]>([
		['for a model that refuses it', { model: newer, messages: [hi, begun] }, ['prefill-refused']],
		['for a model that continues it', { model: older, messages: [hi, begun] }, []],
		['with thinking on', { model: older, messages: [hi, begun], extra }, ['prefill-thinking']],
		['for a model of which nobody knows', { model: 'm', messages: [hi, begun] }, []],
		['before another message', { model: newer, messages: [hi, begun, hi] }, []],
		['that is whole and came by itself', { model: newer, messages: [hi, given] }, []]
	])('%s', (_, draft, codes) => {
		const found = find(prefill, 'converse', draft);
		expect(found.map(({ code }) => code)).toEqual(codes);
		for (const { code, fix } of found) {
			expect(text.checks.sentences).toHaveProperty(code);
			expect(fix).toMatchObject({ change: { messages: [hi] } });
		}
	});
});
