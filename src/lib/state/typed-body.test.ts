import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiId } from '../model/draft.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Conversation } from './conversation.svelte.ts';
import type { Page } from './test-kit.ts';
import { eventually, openPage, say, spoken, tab } from './test-kit.ts';
import type { TypedBody } from './typed-body.svelte.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
vi.setConfig({ hookTimeout: 60_000 });

let page: Page;
let typeBody: (conversation: Conversation, text: string) => TypedBody;

async function open(): Promise<void> {
	page = await openPage();
	// Of the page's own modules, as the Body tab loads it.
	({ typeBody } = await import('./typed-body.svelte.ts'));
}

beforeEach(async () => {
	globalThis.indexedDB = new IDBFactory();
	await open();
});
afterEach(() => page.close());

/** The body that the form makes, as a value. */
function bodyOf(conversation: Conversation): JsonObject {
	return JSON.parse(conversation.next.built.request.body ?? '') as JsonObject;
}

/** Types the body with some fields changed. */
function typeWith(conversation: Conversation, fields: JsonObject): TypedBody {
	return typeBody(conversation, JSON.stringify({ ...bodyOf(conversation), ...fields }));
}

const user = (text: string): JsonObject => ({ role: 'user', content: [{ text }] });

describe('a body that is typed', () => {
	it('goes into the form and is sent byte for byte, and is what is shown as sent, also after a reload', async () => {
		const chat = tab(page);
		const text = `{ "messages":[${JSON.stringify(user('Hi there'))}],\t"inferenceConfig":{"temperature":0.50,"topK":9007199254740993},"x":1.0 }\n`;
		typeBody(chat, text);
		expect(chat.editor.composer).toBe('Hi there');
		expect(chat.editor.settings.system).toBeUndefined();
		expect(chat.next.size).toBe(text.length);
		await chat.send();
		expect(page.sent.map(({ body }) => body)).toEqual([text]);
		expect(spoken(chat)[0]).toBe('> Hi there');
		expect(chat.editor.typed).toBeUndefined();
		expect(chat.editor.composer).toBe('');
		const run = chat.lastRun;
		expect(run && chat.requestOf(run)).toMatchObject({ isExact: true, request: { body: text } });
		await page.playground.tabs.saveDraft(chat);
		page.close();
		await open();
		const again = tab(page);
		const stored = again.lastRun;
		expect(stored && again.requestOf(stored)).toMatchObject({
			isExact: true,
			request: { body: text }
		});
		// What has no word in the form goes along with the next one too, digits and all.
		again.editor.composer = 'Next';
		again.editor.settle();
		expect(again.next.built.request.body).toMatch(/"topK": 9007199254740993\b[^]*"x": 1\.0\b/);
	});

	it.each<[ApiId, JsonObject, JsonObject]>([
		[
			'converse',
			{ inferenceConfig: { temperature: 0.3 }, serviceTier: { type: 'flex' } },
			{ temperature: 0.3 }
		],
		['chat-completions', { temperature: 0.3, max_tokens: 7, logit_bias: {} }, { maxTokens: 7 }],
		['responses', { temperature: 0.3, store: false, metadata: {} }, { store: false }]
	])('sets controls of %s without making the form its own', (api, fields, params) => {
		const chat = tab(page, api);
		const typed = typeWith(chat, fields);
		expect(chat.editor.settings.params).toMatchObject(params);
		expect(chat.editor.typed).toBe(typed);
		expect(JSON.parse(chat.next.built.request.body ?? '')).toEqual(JSON.parse(typed.text));
	});

	it('keeps the beginning that the branch has too; what differs stands beside it once it is sent', async () => {
		const chat = tab(page);
		await say(chat, 'One');
		await say(chat, 'Two');
		const before = chat.tree.path.map(({ id }) => id);
		chat.editor.composer = 'Three';
		chat.editor.settle();
		const messages = bodyOf(chat).messages as Json[];
		typeWith(chat, { messages: [...messages.slice(0, 2), user('Other'), user('Last')] });
		expect(chat.tree.path.map(({ id }) => id)).toEqual(before);
		expect(chat.editor.composer).toBe('Last');
		await chat.send();
		const path = chat.tree.path.map(({ id }) => id);
		expect(path.slice(0, 2)).toEqual(before.slice(0, 2));
		expect(spoken(chat).slice(2, 4)).toEqual(['> Other', '> Last']);
		expect(chat.tree.siblingsOf(path[2] ?? '').map(({ id }) => id)).toContain(before[2]);
	});

	it('adds no turn for a branch that it leaves as it is', async () => {
		const chat = tab(page, 'chat-completions');
		await say(chat, 'One');
		const count = chat.tree.turns.size;
		chat.editor.composer = 'Two';
		chat.editor.settle();
		typeWith(chat, { seed: 5 });
		await chat.send();
		expect(chat.tree.turns.size).toBe(count + 2);
		expect(spoken(chat)).toHaveLength(4);
	});

	it('becomes the form’s as soon as the form goes on', async () => {
		const chat = tab(page);
		await say(chat, 'One');
		typeWith(chat, { messages: [user('Changed'), user('Last')], x: 1 });
		expect(spoken(chat)[0]).toBe('> One');
		chat.editor.setParam('temperature', 0.2);
		expect(chat.editor.typed).toBeUndefined();
		expect(spoken(chat)).toEqual(['> Changed']);
		expect(chat.editor.composer).toBe('Last');
		expect(bodyOf(chat)).toMatchObject({
			...{ x: 1, inferenceConfig: { temperature: 0.2 } },
			messages: [user('Changed'), user('Last')]
		});
	});

	it('is kept as it is while it is not JSON, and nothing is sent', async () => {
		const chat = tab(page);
		const typed = typeBody(chat, '{\n  "messages": [,]\n}');
		expect(typed.problem).toEqual({ code: 'not-json', at: 17, line: 2, column: 16 });
		expect(chat.next.isEmpty).toBe(true);
		chat.editor.setParam('temperature', 0.2);
		chat.editor.composer = 'More';
		expect(chat.editor.typed).toBe(typed);
		await chat.send();
		expect(page.sent).toEqual([]);
		typed.type('[1]');
		typed.settle();
		expect(typed.problem).toEqual({ code: 'not-an-object' });
		typed.type(`{"a":${'['.repeat(90)}${']'.repeat(90)}}`);
		typed.settle();
		expect(typed.problem).toEqual({ code: 'too-deep' });
	});

	it('is not mended, and what would be is said', () => {
		const chat = tab(page);
		const messages = [user('a'), user('b'), user(' ')];
		const typed = typeWith(chat, { messages });
		expect(typed.mends.map(({ code }) => code)).toEqual(['empty-message', 'joined']);
		chat.editor.setParam('temperature', 0.2);
		expect(bodyOf(chat).messages).toEqual(messages);
	});

	it('is thrown away: the form is as it was', () => {
		const chat = tab(page);
		const before = chat.next.built.request.body;
		typeBody(chat, '{"messages":[],"x":1,"inferenceConfig":{"temperature":1}}').discard();
		expect(chat.next.built.request.body).toBe(before);
		expect(chat.editor.composer).toBe('What is a token?');
	});

	it('outlives a reload, also while it is not JSON', async () => {
		typeBody(tab(page), '{"messages": [');
		await page.playground.tabs.saveDraft(tab(page));
		page.close();
		await open();
		expect(tab(page).editor.typed?.text).toBe('{"messages": [');
	});

	it('is stored soon after each change, and comes back to the form when nothing could be sent', async () => {
		const chat = tab(page);
		const typed = typeWith(chat, { x: 1 });
		page.playground.runner.isHalted = true;
		await chat.send();
		expect(page.sent).toEqual([]);
		expect(chat.editor.typed).toBe(typed);
		expect(chat.editor.composer).toBe('What is a token?');
		expect(chat.tree.turns.size).toBe(0);
	});
});

describe('a body that continues a response', () => {
	it('stays in the chain that it names, and begins another where it names one that nobody knows', async () => {
		const chat = tab(page, 'responses');
		await say(chat, 'One');
		chat.editor.composer = 'Two';
		chat.editor.settle();
		const chain = chat.chain?.responseId;
		expect(bodyOf(chat).previous_response_id).toBe(chain);
		typeWith(chat, { metadata: { a: 'b' } });
		await chat.send();
		expect(chat.lastRun?.chain?.responseId).toBe(chain);
		expect(spoken(chat)).toHaveLength(4);
		typeBody(
			chat,
			JSON.stringify({ ...bodyOf(chat), input: 'Hm', previous_response_id: 'resp_x' })
		);
		await chat.send();
		expect(chat.lastRun?.chain).toEqual({ responseId: 'resp_x', after: '' });
		expect(spoken(chat)[0]).toBe('> Hm');
	});

	it('sends all of the history where the response was taken out of it', async () => {
		const chat = tab(page, 'responses');
		await say(chat, 'One');
		const { previous_response_id: _, ...body } = bodyOf(chat);
		const all = chat.tree.path.map(({ message }) => ({ role: message.role, content: 'x' }));
		typeBody(chat, JSON.stringify({ ...body, input: [...all, { role: 'user', content: 'Two' }] }));
		expect(chat.editor.resend).toBe(true);
		chat.editor.setParam('temperature', 0.2);
		expect(bodyOf(chat)).not.toHaveProperty('previous_response_id');
	});

	it('keeps a response that nobody knows when the form goes on', () => {
		const chat = tab(page, 'responses');
		typeBody(chat, '{"model":"openai.gpt-oss-120b","input":"Hm","previous_response_id":"resp_x"}');
		chat.editor.setParam('temperature', 0.2);
		expect(bodyOf(chat)).toEqual({
			...{ model: 'openai.gpt-oss-120b', input: 'Hm', temperature: 0.2 },
			previous_response_id: 'resp_x'
		});
	});
});

it('a body that is typed on is read after a pause', async () => {
	const chat = tab(page);
	const typed = typeWith(chat, {});
	typed.type(typed.text.replace('What is a token?', 'Why?'));
	expect(chat.editor.composer).toBe('What is a token?');
	await eventually(() => expect(chat.editor.composer).toBe('Why?'));
});
