import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Conversation } from './conversation.svelte.ts';
import {
	answerOf,
	bodyOf,
	fact,
	greeting,
	openResponses,
	question,
	remembered,
	tellFact,
	turnsOf
} from './test-chain.ts';
import { newKey, openPage, patience, say, simulate, spoken, tab } from './test-kit.ts';
import type { Page } from './test-kit.ts';

const wholeHistory = [`user: ${fact}`, `assistant: ${greeting}`, `user: ${question}`];
const host = 'bedrock-mantle.us-west-2.api.aws';

// Each page loads modules of its own, which takes its time on a busy machine.
beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
});

/** Asks, and proves that the whole history went along instead of an id. */
async function expectHistorySent(page: Page, conversation: Conversation): Promise<void> {
	expect(conversation.chain).toBeUndefined();
	await say(conversation, question);
	expect(answerOf(conversation)).toBe(remembered);
	expect(bodyOf(page, -1)).not.toHaveProperty('previous_response_id');
	expect(turnsOf(bodyOf(page, -1))).toEqual(wholeHistory);
}

describe('a stored response', () => {
	it('that was not streamed is continued by the next Send, which holds its id and only the new turn', async () => {
		const { page, conversation } = await openResponses();
		conversation.editor.change({ stream: undefined });
		expect(conversation.chain).toBeUndefined();
		await say(conversation, fact);
		const first = conversation.chain?.responseId;
		expect(first).toMatch(/^resp_[a-z2-7]{52}$/);
		await say(conversation, question);
		expect(answerOf(conversation)).toBe(remembered);
		expect(conversation.chain?.responseId).not.toBe(first);

		expect(page.sent).toHaveLength(2);
		expect(bodyOf(page, 0)).not.toHaveProperty('previous_response_id');
		expect(bodyOf(page, 0)).not.toHaveProperty('stream');
		const body = bodyOf(page, 1);
		expect(body.previous_response_id).toBe(first);
		expect(turnsOf(body)).toEqual([`user: ${question}`]);
		// The service does not carry them over.
		expect(body.instructions).toBe('Be short.');
	});

	it('is not used by Resend, which sends the whole history', async () => {
		const { page, conversation } = await tellFact();
		conversation.editor.resend = true;
		await say(conversation, question);
		expect(answerOf(conversation)).toBe(remembered);
		expect(bodyOf(page, 1)).not.toHaveProperty('previous_response_id');
		expect(turnsOf(bodyOf(page, 1))).toEqual(wholeHistory);
	});

	it('is left by Start anew: no history, no id, and nobody is known', async () => {
		const { page } = await tellFact();
		const anew = page.playground.tabs.startAnew();
		expect(tab(page, 'responses')).toBe(anew);
		expect(anew.chain).toBeUndefined();
		expect(spoken(anew)).toEqual([]);
		await say(anew, question);
		expect(answerOf(anew)).toMatch(/have not told me/);
		expect(bodyOf(page, 1)).not.toHaveProperty('previous_response_id');
		expect(turnsOf(bodyOf(page, 1))).toEqual([`user: ${question}`]);
	});

	it('is not continued after a message that it covers was edited', async () => {
		const { page, conversation } = await tellFact();
		conversation.branch.edit(conversation.tree.path[0]?.id ?? '', 'My name is Bob.');
		expect(conversation.chain).toBeUndefined();
		await say(conversation, 'What is my name?');
		expect(answerOf(conversation)).toBe('Your name is Bob.');
		expect(bodyOf(page, 1)).not.toHaveProperty('previous_response_id');
		expect(turnsOf(bodyOf(page, 1))).toEqual([
			'user: My name is Bob.',
			`assistant: ${greeting}`,
			'user: What is my name?'
		]);
		// The new response covers what was really sent.
		expect(conversation.chain?.after).toBe(conversation.tree.leaf);
	});

	it('is not continued after a message that it covers was deleted', async () => {
		const { page, conversation } = await tellFact();
		conversation.branch.remove(conversation.tree.leaf ?? '');
		expect(conversation.chain).toBeUndefined();
		await say(conversation, question);
		expect(bodyOf(page, 1)).not.toHaveProperty('previous_response_id');
		expect(turnsOf(bodyOf(page, 1))).toEqual([`user: ${fact}`, `user: ${question}`]);
	});

	it('is known only to its endpoint, so another one gets the history', async () => {
		const { page, conversation, id } = await tellFact();
		const usual = conversation.editor.settings.model;
		conversation.editor.change({ model: 'us.openai.gpt-6-luna' });
		expect(conversation.target.endpoint).toBe('runtime');
		expect(conversation.chain).toBeUndefined();
		// Nothing was sent yet: back on its own endpoint the response can be continued.
		conversation.editor.change({ model: usual });
		expect(conversation.target.endpoint).toBe('mantle');
		expect(conversation.chain?.responseId).toBe(id);
		conversation.editor.change({ model: 'us.openai.gpt-6-luna' });
		await expectHistorySent(page, conversation);
		expect(page.sent[1]?.url).toBe(
			'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1/responses'
		);
	});

	it('is known only under its path, so a model of the other prefix gets the history', async () => {
		const { page, conversation } = await tellFact();
		conversation.editor.change({ model: 'openai.gpt-6-luna' });
		await expectHistorySent(page, conversation);
		expect(page.sent[1]?.url).toBe(`https://${host}/openai/v1/responses`);
	});

	it('is continued by another model of the same path', async () => {
		const { page, conversation, id } = await tellFact();
		conversation.editor.change({ model: 'openai.gpt-oss-20b' });
		await say(conversation, question);
		expect(answerOf(conversation)).toBe(remembered);
		expect(bodyOf(page, 1).previous_response_id).toBe(id);
	});

	it('belongs to its key, so another key gets the history', async () => {
		const { page, conversation } = await tellFact();
		await page.playground.useKey(newKey(undefined, 'us-east-1'), 'until-expiry');
		await expectHistorySent(page, conversation);
		expect(new URL(page.sent[1]?.url ?? '').host).toBe('bedrock-mantle.us-east-1.api.aws');
	});

	it('belongs to its key, so another key of the same Region gets the history too', async () => {
		const { page, conversation } = await tellFact();
		await page.playground.useKey(newKey(), 'until-expiry');
		await expectHistorySent(page, conversation);
	});
});

describe('a response', () => {
	it('that was not to be stored is never continued', async () => {
		const { page, conversation } = await openResponses();
		conversation.editor.setParam('store', false);
		await say(conversation, fact);
		await expectHistorySent(page, conversation);
		expect([bodyOf(page, 0).store, bodyOf(page, 1).store]).toEqual([false, false]);
	});

	it('that was stopped is not continued', async () => {
		const { page, conversation, id } = await tellFact();
		const usual = conversation.editor.settings.model;
		conversation.editor.change({ model: 'fault.stall' });
		conversation.editor.composer = 'What happens between pressing Send and the first token?';
		const run = conversation.send();
		await vi.waitFor(
			() => expect(conversation.live?.text()).toContain('The request is built.'),
			patience
		);
		conversation.stop();
		await run;
		conversation.editor.change({ model: usual });
		// The one before it still stands, and what came after goes with the next turn.
		expect(conversation.chain?.responseId).toBe(id);
		await say(conversation, question);
		expect(answerOf(conversation)).toBe(remembered);
		const body = bodyOf(page, 2);
		expect(body.previous_response_id).toBe(id);
		expect(turnsOf(body).map((turn) => turn.slice(0, 15))).toEqual([
			'user: What happ',
			'assistant: 1. *',
			'user: What is m'
		]);
	});

	it('is not asked for by an empty input', async () => {
		const { page, conversation } = await tellFact();
		for (const text of ['', '   \n ']) {
			conversation.editor.composer = text;
			expect(conversation.next.isEmpty).toBe(true);
			await conversation.send();
		}
		await say(conversation, question);
		expect(page.sent).toHaveLength(2);
	});

	it('is continued in the demo too, until the page that remembers it is gone', async () => {
		const { page, conversation } = await openResponses('demo');
		await say(conversation, fact);
		expect(conversation.chain?.responseId).toMatch(/^resp_/);
		await say(conversation, question);
		expect(answerOf(conversation)).toBe(remembered);
		expect(turnsOf(bodyOf(page, 1))).toEqual([`user: ${question}`]);
		expect(page.sent.map(({ simulated }) => simulated)).toEqual([true, true]);
		page.close();
		const again = await openPage(simulate());
		expect(answerOf(tab(again, 'responses'))).toBe(remembered);
		expect(tab(again, 'responses').chain).toBeUndefined();
	});
});
