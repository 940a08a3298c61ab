import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ApiId } from '../../../model/draft.ts';
import { newKey, openPage, simulate, tab } from '../../../state/test-kit.ts';
import type { Page } from '../../../state/test-kit.ts';

const pages: Page[] = [];

afterEach(async () => {
	for (const page of pages.splice(0)) {
		await page.playground.keyRing.forget();
		page.close();
	}
	vi.unstubAllGlobals();
});

/** The picker of a tab of a page in Node, and the keys of somebody who has nothing else. */
async function open(api: ApiId = 'converse') {
	const page = await openPage(simulate());
	pages.push(page);
	page.playground.change({ api });
	const { Picker } = await import('./picker.svelte.ts');
	const picker = new Picker(page.playground, () => page.playground.tabs.shown[api]);
	const press = (key: string, modifiers: Partial<KeyboardEvent> = {}) =>
		picker.press({ key, ...modifiers } as KeyboardEvent);
	const model = () => page.playground.tabs.shown[api].editor.settings.model;
	return { page, picker, press, model };
}

describe('the model field by keys alone', () => {
	it('opens the whole list at the model in use, whatever is in the field', async () => {
		const { picker, press, model } = await open();
		expect(press('Enter')).toBe(false);
		expect(press('ArrowDown')).toBe(true);
		expect(picker.isOpen).toBe(true);
		expect(picker.count.shown).toBeGreaterThan(80);
		expect(picker.active).toBe(model());
	});

	it('goes up and down, to both ends, and not beyond them', async () => {
		const { picker, press } = await open();
		press('ArrowDown');
		const keys = picker.rows.filter(({ kind }) => kind !== 'head').map(({ key }) => key);
		const at = (key: string) => {
			press(key);
			return keys.indexOf(picker.active ?? '');
		};
		const last = keys.length - 1;
		expect([at('Home'), at('ArrowUp'), at('ArrowDown'), at('PageDown'), at('PageUp')]).toEqual([
			...[0, 0, 1, 9, 1]
		]);
		expect([at('End'), at('ArrowDown'), at('PageDown'), at('ArrowUp')]).toEqual([
			...[last, last, last, last - 1]
		]);
	});

	it('filters by what is typed; Enter chooses the first that fits', async () => {
		const { picker, press, model } = await open();
		picker.type('nova pro');
		expect(picker.rows.filter(({ kind }) => kind === 'model').length).toBeLessThan(5);
		press('Enter');
		expect([model(), picker.isOpen]).toEqual(['amazon.nova-pro-v1:0', false]);
	});

	it('takes any id as it was typed, by Enter where nothing fits and by Mod+Enter always', async () => {
		const { picker, press, model } = await open();
		picker.type('my.own-model');
		expect(picker.active).toBe('typed');
		press('Enter');
		expect(model()).toBe('my.own-model');
		picker.type('nova');
		expect(press('Enter', { ctrlKey: true })).toBe(true);
		expect(model()).toBe('nova');
	});

	it('changes nothing on Escape, and nothing when a mere search is left', async () => {
		const { picker, press, model } = await open();
		const before = model();
		picker.type('my.own-model');
		press('Escape');
		expect([model(), picker.isOpen, picker.typed]).toEqual([before, false, undefined]);
		picker.type('claude-s');
		picker.leave();
		expect([model(), picker.isOpen]).toEqual([before, false]);
		picker.type('my.own-model');
		picker.leave();
		expect(model()).toBe('my.own-model');
	});

	it('leaves keys to an input method that composes a word', async () => {
		const { picker, press, model } = await open();
		const before = model();
		picker.type('nova');
		expect(press('Enter', { isComposing: true })).toBe(false);
		expect(press('Escape', { isComposing: true })).toBe(false);
		expect([picker.isOpen, model()]).toEqual([true, before]);
	});
});

describe('a model that the tab does not have', () => {
	it('asks, and goes to the tab that has it, with the prompt and the settings that translate', async () => {
		const { page, picker, press } = await open('responses');
		const { playground, sent } = page;
		const { editor } = tab(page, 'responses');
		editor.composer = 'What is a token?';
		editor.change({
			params: { temperature: 0.5, maxTokens: 100, truncation: 'auto' },
			prefix: '/openai/v1',
			tools: [{ type: 'function', name: 'f' }]
		});
		editor.setSystem('Be brief.');
		picker.type('zai.glm-5');
		expect(picker.elsewhere.map(({ id }) => id)).toContain('zai.glm-5');
		press('Enter');
		expect(picker.question).toMatchObject({ kind: 'serving', serving: { reason: 'other-api' } });
		expect(editor.settings.model).not.toBe('zai.glm-5');
		const { question } = picker;
		const places = question?.kind === 'serving' ? question.serving.elsewhere : [];
		const place = places.find(({ api }) => api === 'chat-completions');
		if (place === undefined) throw new Error('no place');
		picker.go(place);
		expect(playground.settings.api).toBe('chat-completions');
		const { written, settings } = playground.tabs.current.editor;
		expect(written.text).toBe('What is a token?');
		expect(settings).toMatchObject({
			model: 'zai.glm-5',
			params: { temperature: 0.5, maxTokens: 100 },
			tools: [{ name: 'f' }],
			system: { parts: [{ text: 'Be brief.' }] }
		});
		expect(settings.params.truncation).toBeUndefined();
		expect(settings.prefix).toBeUndefined();
		expect(sent).toEqual([]);
	});

	it('can be kept here all the same, or not: Escape goes back to the list', async () => {
		const { picker, press, model } = await open('responses');
		picker.type('zai.glm-5');
		press('Enter');
		press('Escape');
		expect([picker.question, picker.isOpen]).toEqual([undefined, true]);
		press('Enter');
		picker.take('zai.glm-5');
		expect(model()).toBe('zai.glm-5');
	});
});

describe('a model that can not take what is there', () => {
	it('lists it, and leaves it out of the branch and of what is being written, or keeps it', async () => {
		const { page, picker, press, model } = await open('chat-completions');
		const conversation = tab(page, 'chat-completions');
		const { editor, tree } = conversation;
		const image = { type: 'image', mime: 'image/png', source: { base64: 'AAAA' } } as const;
		conversation.editor.change({ params: { reasoningEffort: 'low' } });
		editor.write({ text: 'First', parts: [image] });
		conversation.add();
		editor.write({ text: 'Second', parts: [image] });
		picker.type('mistral.ministral-3-3b');
		picker.close();
		picker.type('openai.gpt-oss-20b');
		press('Enter');
		expect(picker.question).toEqual({
			...{ kind: 'conflicts', model: 'openai.gpt-oss-20b' },
			conflicts: [{ ability: 'image', count: 2 }]
		});
		const { question } = picker;
		picker.take('openai.gpt-oss-20b', question?.kind === 'conflicts' ? question.conflicts : []);
		expect(model()).toBe('openai.gpt-oss-20b');
		expect(editor.written).toEqual({ text: 'Second', parts: [] });
		expect(tree.path.map(({ message }) => message.parts)).toEqual([
			[{ type: 'text', text: 'First' }]
		]);
		// The version with the image stands beside it.
		expect(tree.turns.size).toBe(2);
		expect(conversation.next.draft.params).toEqual({ reasoningEffort: 'low' });
	});
});

describe('where a request goes', () => {
	it('follows the model, and what was overruled for one says nothing about the next', async () => {
		const { page, picker } = await open('chat-completions');
		const conversation = tab(page, 'chat-completions');
		conversation.editor.change({ endpoint: 'runtime', prefix: '/v1' });
		picker.take('openai.gpt-oss-20b');
		expect(conversation.target.base).toBe('https://bedrock-mantle.us-west-2.api.aws/v1');
		picker.take('openai.gpt-5.4');
		expect(conversation.target.base).toBe('https://bedrock-mantle.us-west-2.api.aws/openai/v1');
		picker.take('us.openai.gpt-6-luna');
		expect(conversation.target.base).toContain('bedrock-runtime.us-west-2');
		conversation.editor.change({ endpoint: 'mantle' });
		picker.take('nobody.knows-it');
		expect(conversation.editor.settings.endpoint).toBe('mantle');
	});
});

describe('the lists of the service', () => {
	it('are read by choosing that, with the key, and then stand in the list', async () => {
		const { page, picker, press } = await open();
		await page.playground.useKey(newKey(), 'tab');
		picker.open();
		press('End');
		expect(picker.active).toBe('read');
		expect(page.sent).toEqual([]);
		await picker.read();
		expect(page.sent).toHaveLength(4);
		const service = picker.found.find(({ id }) => id === 'service');
		expect(service?.options[0]?.name).toBe('example');
		expect(service?.options[0]?.id).toMatch(/^arn:.*\/abc123$/);
	});
});
