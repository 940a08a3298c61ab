import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Tool } from '../model/draft.ts';
import { text } from '../text/index.ts';
import type { Conversation } from './conversation.svelte.ts';
import { openResponses } from './test-chain.ts';
import { patience, say, simulate } from './test-kit.ts';
import type { Page } from './test-kit.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
});

const weather: Tool = {
	type: 'function',
	name: 'get_weather',
	schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
};
const prompt = 'In 3 steps: is it warmer in Lisbon or in Kyoto?';

interface Item {
	type?: string;
	call_id?: string;
	output?: string;
	encrypted_content?: string;
}

function lastBody({ sent }: Page) {
	return JSON.parse(sent.at(-1)?.body ?? 'null') as {
		input: Item[];
		previous_response_id?: string;
		store?: boolean;
	};
}

function answerCalls(conversation: Conversation): string[] {
	const { calls } = conversation.tray;
	for (const { id } of calls) conversation.editor.setResult(id, { text: '{"temp":19}' });
	return calls.map(({ id }) => id);
}

async function openTools(service = simulate()) {
	const { page, conversation } = await openResponses('with-key', service);
	conversation.editor.change({ tools: [weather] });
	await vi.waitFor(() => expect(page.playground.parts.rules).toBeDefined(), patience);
	return { page, conversation };
}

describe('tools inside a chain', () => {
	it('get their results alone, against the stored call, in three rounds', async () => {
		const { page, conversation } = await openTools();
		await say(conversation, prompt);
		for (let round = 0; round < 3; round++) {
			const ids = answerCalls(conversation);
			expect(ids.length).toBeGreaterThan(0);
			const parent = conversation.chain?.responseId;
			await conversation.sendResults();
			const { input, previous_response_id: sent } = lastBody(page);
			expect(sent).toBe(parent);
			expect(parent).toMatch(/^resp_/);
			expect(input.map(({ type, call_id: id }) => [type, id])).toEqual(
				ids.map((id) => ['function_call_output', id])
			);
			expect(conversation.lastRun?.outcome).toEqual({ end: 'finished', reason: 'completed' });
		}
		expect(conversation.tray.calls).toEqual([]);
	});

	it('are never left without a result: what names their response is refused before it is sent, on each fork', async () => {
		const { page, conversation } = await openTools();
		await say(conversation, prompt);
		const called = conversation.lastRun?.responseId ?? '';
		const atCall = conversation.tree.leaf ?? '';
		const { typeBody } = await import('./typed-body.svelte.ts');
		const { reasonNotToSend } = await import('../components/workspace/reason.ts');
		const past = { ...lastBody(page), input: 'Never mind.', previous_response_id: called };
		const refuse = async () => {
			typeBody(conversation, JSON.stringify(past));
			expect(conversation.next.warnings.map(({ code }) => code)).toContain('open-calls');
			expect(reasonNotToSend(page.playground, conversation)).toBe(text.workspace.resultsFirst);
			const before = page.sent.length;
			await conversation.send();
			expect(page.sent).toHaveLength(before);
			const refused = conversation.next.warnings.find(({ code }) => code === 'open-calls');
			if (refused) conversation.heed(refused);
			expect(conversation.editor.typed).toBeUndefined();
		};
		await refuse();
		answerCalls(conversation);
		await conversation.sendResults();
		// A second branch begins at the same call, and at neither is it left open.
		await refuse();
		conversation.branch.fork(atCall);
		await refuse();
		// The form goes on after the response before the call, or with the results.
		conversation.editor.composer = 'Never mind.';
		conversation.editor.settle();
		expect(conversation.chain?.responseId).not.toBe(called);
		answerCalls(conversation);
		expect(conversation.chain?.responseId).toBe(called);
		expect(conversation.next.isRefused).toBe(false);
	});

	it('go along when the chain is gone: calls, results and encrypted reasoning, without an id', async () => {
		const service = simulate();
		const { page, conversation } = await openTools(service);
		conversation.editor.setParam('include', ['reasoning.encrypted_content']);
		await say(conversation, prompt);
		const { responseId } = conversation.lastRun ?? {};
		answerCalls(conversation);
		await service(`https://bedrock-mantle.us-west-2.api.aws/v1/responses/${responseId}`, {
			method: 'DELETE'
		});
		await conversation.sendResults();
		expect(conversation.lastRun?.outcome?.end).toBe('http-error');
		const { materialise } = await import('./materialise.ts');
		await materialise(conversation);
		expect(conversation.lastRun?.outcome).toEqual({ end: 'finished', reason: 'completed' });
		const { input, ...rest } = lastBody(page);
		expect(rest).not.toHaveProperty('previous_response_id');
		const types = input.map(({ type = 'message' }) => type);
		expect(types.slice(0, 2)).toEqual(['message', 'reasoning']);
		expect(types).toContain('function_call');
		expect(types.at(-1)).toBe('function_call_output');
		expect(input[1]?.encrypted_content).toMatch(/\w{20,}/);
	});
});

describe('`store: false`', () => {
	it('replays with encrypted reasoning: an item by its id alone is refused', async () => {
		const service = simulate();
		const { page, conversation } = await openTools(service);
		conversation.editor.setParam('store', false);
		conversation.editor.setParam('include', ['reasoning.encrypted_content']);
		await say(conversation, prompt);
		answerCalls(conversation);
		await conversation.sendResults();
		const { input, store, ...rest } = lastBody(page);
		expect(store).toBe(false);
		expect(rest).not.toHaveProperty('previous_response_id');
		const [, reasoning] = input;
		expect(reasoning).toMatchObject({ type: 'reasoning', summary: [] });
		expect(reasoning?.encrypted_content).toMatch(/\w{20,}/);
		// Ids of what nobody has kept do not go along.
		expect(input.filter((item) => 'id' in item)).toEqual([]);
		expect(conversation.lastRun?.outcome).toEqual({ end: 'finished', reason: 'completed' });
	});

	it('is seen also where only the service says that it keeps nothing', async () => {
		const service = simulate();
		const { conversation } = await openResponses('with-key', async (input, init) => {
			const response = await service(input, init);
			const body = (await response.json()) as object;
			return Response.json({ ...body, store: false }, { headers: response.headers });
		});
		conversation.editor.change({ stream: undefined });
		await say(conversation, 'Hello.');
		expect(conversation.lastRun?.details).toMatchObject({ store: false });
		expect(conversation.chain).toBeUndefined();
	});
});
