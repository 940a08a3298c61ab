import type { GuardrailStreamConfiguration } from '@aws-sdk/client-bedrock-runtime';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiId } from '../../model/draft.ts';
import type { RequestSettings } from '../../model/turn.ts';
import { newEcho, openPage, tab } from '../../state/test-kit.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
});

/** The Settings tab of an API with these settings. */
async function open(api: ApiId, change: Partial<RequestSettings>) {
	const page = await openPage(newEcho().fetch);
	await vi.waitFor(() => expect(page.playground.parts.rules).toBeDefined());
	const conversation = tab(page, api);
	conversation.editor.change({ params: {}, ...change });
	// Of the page's own modules, as all that draws must be.
	const { draw, sayOf } = await import('../workspace/test-render.ts');
	const { default: SettingsTab } = await import('./SettingsTab.svelte');
	// What is loaded is drawn at once.
	const { loadWarningList, partOf } = await import('../later.ts');
	await partOf(loadWarningList);
	return { conversation, props: { conversation }, SettingsTab, draw, sayOf };
}

describe('the Settings tab', () => {
	it.each<[ApiId, string[]]>([
		['converse', ['Sampling', 'Length and stop', 'Reasoning', 'Output format', 'Converse']],
		['chat-completions', ['Sampling', 'Reasoning', 'Output format', 'Chat Completions', 'Extra']],
		['responses', ['Sampling', 'Reasoning', 'Output format', 'Responses', 'Extra']]
	])('of %s has the groups %j', async (api, groups) => {
		const { SettingsTab, props, draw } = await open(api, {});
		const html = draw(SettingsTab, props);
		const titles = [...html.matchAll(/<summary[^>]*>(.*?)<\/summary>/gs)].map(([, title = '']) =>
			title.replace(/<svg.*?<\/svg>|<[^>]*>/gs, '').trim()
		);
		for (const group of groups) expect(titles).toContain(group);
		expect(titles.includes('Model’s own fields')).toBe(api === 'converse');
	});

	it('has the words of the model’s family: a budget, an effort, or neither', async () => {
		const { SettingsTab, props, conversation, draw } = await open('converse', {});
		const { editor } = conversation;
		const budget = 'aria-label="Send thinking.budget_tokens"';
		const effort = 'aria-label="Send reasoningConfig.maxReasoningEffort"';
		expect(draw(SettingsTab, props)).toContain(budget);
		editor.change({ model: 'us.amazon.nova-2-lite-v1:0' });
		expect(draw(SettingsTab, props)).toContain(effort);
		editor.change({ model: 'us.deepseek.r1-v1:0' });
		expect(draw(SettingsTab, props)).not.toContain(budget);
		expect(draw(SettingsTab, props)).not.toContain(effort);
	});

	it('keeps a field of the model’s own in the body, with what stands beside it', async () => {
		const { conversation } = await open('converse', { model: 'us.amazon.nova-2-lite-v1:0' });
		const { fieldsOf, fieldValue, setField } = await import('./model-fields.ts');
		const [field] = fieldsOf(conversation, 'reasoning');
		if (field === undefined) throw new Error('none');
		setField(conversation, field, 'high');
		expect(fieldValue(conversation, field)).toBe('high');
		expect(JSON.parse(conversation.next.built.request.body ?? '')).toMatchObject({
			additionalModelRequestFields: {
				reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' }
			}
		});
		setField(conversation, field, undefined);
		expect(conversation.editor.settings.extra).toBeUndefined();
	});

	it('says what is wrong at the row that it is about', async () => {
		const { SettingsTab, props, sayOf } = await open('converse', {
			params: { temperature: 0.5, topP: 0.5 },
			output: { type: 'schema', schema: '{"type":"object"}' }
		});
		const said = sayOf(SettingsTab, props);
		expect(said).toMatch(/Some models refuse topP together with temperature/);
		expect(said).toMatch(/The schema is refused: at # additionalProperties is not false/);
		expect(said).toMatch(/^.*\b3 sent · \d+ not sent/);
	});

	it('says what is wrong with a field of the model’s own once, at its row or where all of them are', async () => {
		const thinking = { type: 'enabled', budget_tokens: 100 };
		const { conversation } = await open('converse', {
			model: 'us.anthropic.claude-opus-4-5-20251101-v1:0',
			extra: { converse: { additionalModelRequestFields: { thinking, top_k: 5 } } }
		});
		const { fieldsOf, warningsAt } = await import('./model-fields.ts');
		const rows = [...fieldsOf(conversation, 'reasoning'), ...fieldsOf(conversation, 'model')];
		const codesAt = () =>
			[...rows, undefined].flatMap((row) =>
				warningsAt(conversation, row).map(({ code }) => [row?.path.join('.'), code])
			);
		expect(codesAt()).toEqual([
			['thinking.budget_tokens', 'too-small'],
			['top_k', 'with-thinking']
		]);
		conversation.editor.change({ model: 'us.anthropic.claude-3-5-sonnet-20241022-v2:0' });
		expect(codesAt()).toEqual([[undefined, 'no-thinking']]);
	});

	it('has a control for how a guardrail looks at a stream, where the API has a field for it', async () => {
		const guardrail = { id: 'g', version: '1', processing: 'async' };
		const { conversation, SettingsTab, props, draw, sayOf } = await open('converse', {
			...{ guardrail, stream: true }
		});
		expect(draw(SettingsTab, props)).toContain('aria-label="streamProcessingMode"');
		const config = () =>
			(JSON.parse(conversation.next.built.request.body ?? '') as Record<string, unknown>)[
				'guardrailConfig'
			];
		const sent: GuardrailStreamConfiguration = {
			...{ guardrailIdentifier: 'g', guardrailVersion: '1' },
			streamProcessingMode: 'async'
		};
		expect(config()).toEqual(sent);
		conversation.editor.change({ stream: undefined });
		expect(config()).toEqual({ guardrailIdentifier: 'g', guardrailVersion: '1' });
		expect(conversation.next.built.losses).toEqual([{ code: 'guardrail-processing' }]);
		expect(sayOf(SettingsTab, props)).toContain('Sent only where the answer is streamed.');
	});
});
