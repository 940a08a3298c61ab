import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keptFor } from '../model/response-state.ts';
import type { ResponseState } from '../model/response-state.ts';
import { newSimulator } from '../simulator/simulator.ts';
import { text } from '../text/index.ts';
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
import { newKey, openPage, patience, say, simulate, tab } from './test-kit.ts';
import type { Page } from './test-kit.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
});

const base = 'https://bedrock-mantle.us-west-2.api.aws/v1/responses';
const wholeHistory = [`user: ${fact}`, `assistant: ${greeting}`, `user: ${question}`];

/** Once the rules are loaded: what is said before the next Send, by code. */
async function said(page: Page, conversation: Conversation): Promise<string[]> {
	await vi.waitFor(() => expect(page.playground.parts.rules).toBeDefined(), patience);
	const { warnings } = conversation.next;
	for (const { code, values, fix } of warnings) {
		expect(text.checks.sentences[code]?.(values ?? {})).not.toMatch(/undefined|\$\{/);
		if (fix) expect(text.checks.fixes[fix.label]?.(values ?? {})).not.toMatch(/undefined/);
	}
	return warnings.map(({ code }) => code);
}

/** Presses the button of a warning. */
function press(conversation: Conversation, code: string): void {
	const warning = conversation.next.warnings.find((one) => one.code === code);
	if (warning?.fix === undefined) throw new Error(`${code} has no button`);
	conversation.heed(warning);
}

/** The state of the response of the answer at `at` of the branch that is shown. */
async function stateAt(conversation: Conversation, at: number): Promise<ResponseState | undefined> {
	const { nodesOf } = await import('../model/response-node.ts');
	const { tree, runs, circumstances } = conversation;
	const nodes = nodesOf({ ...circumstances, turns: tree.turns, runs: runs.facts });
	return nodes.find(({ turn }) => turn.id === tree.path.at(at)?.id)?.state;
}

describe('a parent that the service has lost', () => {
	it('is marked when it is refused, and one click sends the whole history instead, after which it chains again', async () => {
		const service = simulate();
		const { page, conversation } = await openResponses('with-key', service);
		await say(conversation, fact);
		const id = conversation.chain?.responseId ?? '';
		expect(await stateAt(conversation, -1)).toBe('completed');
		await service(`${base}/${id}`, { method: 'DELETE' });
		await say(conversation, question);
		expect(conversation.lastRun?.outcome?.end).toBe('http-error');
		expect(bodyOf(page, 1).previous_response_id).toBe(id);
		expect(await stateAt(conversation, 1)).toBe('unknown');
		expect(conversation.chain).toBeUndefined();
		// Nothing is sent again before somebody says so.
		expect(page.sent).toHaveLength(2);

		const { materialise } = await import('./materialise.ts');
		await materialise(conversation);
		expect(answerOf(conversation)).toBe(remembered);
		expect(bodyOf(page, 2)).not.toHaveProperty('previous_response_id');
		expect(turnsOf(bodyOf(page, 2))).toEqual(wholeHistory);
		expect(conversation.editor.resend).toBe(false);
		const { responseId } = conversation.chain ?? {};
		expect(responseId).toMatch(/^resp_/);
		await say(conversation, question);
		expect(bodyOf(page, 3).previous_response_id).toBe(responseId);
		expect(answerOf(conversation)).toBe(remembered);
	});

	it('stays marked after the page is opened anew', async () => {
		const service = simulate();
		const { page, conversation } = await openResponses('with-key', service);
		await say(conversation, fact);
		await service(`${base}/${conversation.chain?.responseId}`, { method: 'DELETE' });
		await say(conversation, question);
		page.close();
		const again = tab(await openPage(service), 'responses');
		expect(await stateAt(again, 1)).toBe('unknown');
		expect(again.chain).toBeUndefined();
	});

	it.each([
		['not found', 404, "Response 'x' not found.", 'unknown'],
		['that may not be kept', 400, 'Cannot be used with Zero Data Retention.', 'unknown'],
		['in words nobody knows', 400, 'Nope.', 'unknown'],
		['not finished', 400, "Response 'x' is in_progress and cannot be continued.", 'in-progress']
	] as const)('is known by the parameter that is named: %s', async (_, status, message, state) => {
		const service = simulate();
		let refuses = false;
		const { conversation } = await openResponses('with-key', async (input, init) => {
			if (!refuses) return service(input, init);
			const error = { code: null, message, param: 'previous_response_id', type: 'x' };
			return Response.json({ error }, { status, headers: { 'access-control-allow-origin': '*' } });
		});
		await say(conversation, fact);
		refuses = true;
		await say(conversation, question);
		expect(await stateAt(conversation, 1)).toBe(state);
		expect(conversation.chain).toBeUndefined();
		const { outcome } = conversation.lastRun ?? {};
		const draft = conversation.lastRun && conversation.draftOf(conversation.lastRun);
		const { explainOutcome } = await import('../errors/index.ts');
		const sent = draft && { draft, url: base, profiles: [] };
		expect(outcome && sent && explainOutcome(outcome, sent)?.code).toBe('response-not-found');
	});

	it('is not marked by a refusal that names something else', async () => {
		const { conversation } = await tellFact();
		conversation.editor.setParam('maxTokens', 1);
		await say(conversation, question);
		expect(conversation.lastRun?.outcome?.end).toBe('http-error');
		expect(await stateAt(conversation, 1)).toBe('completed');
		expect(conversation.chain?.after).toBe(conversation.tree.path[1]?.id);
	});

	it('takes those that continue it along: with an ancestor deleted, the history is sent', async () => {
		const { page, conversation, id } = await tellFact();
		await say(conversation, question);
		expect(conversation.chain).toBeDefined();
		const run = [...conversation.runs.facts.values()].find((one) => one.responseId === id);
		const { setServiceState } = await import('./service-state.ts');
		await setServiceState(conversation, run?.id ?? '', 'deleted');
		expect(await stateAt(conversation, 1)).toBe('deleted');
		expect(await stateAt(conversation, 3)).toBe('unknown');
		expect(conversation.chain).toBeUndefined();
		expect(await said(page, conversation)).toContain('chain-gone');
	});

	it('is forgotten after 30 days: said before, and the history goes', async () => {
		let now = Date.now();
		const clock = vi.spyOn(Date, 'now').mockImplementation(() => now);
		const service = newSimulator({ requireKey: false, seed: 1, speed: 1000, now: () => now });
		const { page, conversation } = await openResponses('demo', service);
		await say(conversation, fact);
		now += keptFor - 1;
		expect(await stateAt(conversation, -1)).toBe('completed');
		now += 1;
		conversation.editor.composer = question;
		conversation.editor.settle();
		expect(await stateAt(conversation, -1)).toBe('expired');
		expect(await said(page, conversation)).toContain('chain-gone');
		await conversation.send();
		expect(bodyOf(page, 1)).not.toHaveProperty('previous_response_id');
		expect(answerOf(conversation)).toBe(remembered);
		clock.mockRestore();
	});
});

describe('before sending it is said', () => {
	it('that the last response is not completed, and what goes instead', async () => {
		const { page, conversation, id } = await tellFact();
		conversation.editor.setParam('maxTokens', 16);
		await say(conversation, 'Explain tokens at length, in ten paragraphs.');
		expect(await stateAt(conversation, -1)).toBe('incomplete');
		conversation.editor.setParam('maxTokens', undefined);
		expect(await said(page, conversation)).toEqual(['chain-earlier']);
		expect(conversation.chain?.responseId).toBe(id);
		press(conversation, 'chain-earlier');
		await say(conversation, question);
		expect(bodyOf(page, -1)).not.toHaveProperty('previous_response_id');
		const turns = turnsOf(bodyOf(page, -1));
		expect([...turns.slice(0, 2), turns.at(-1)]).toEqual(wholeHistory);
	});

	it('that `store: false` keeps nothing, with what keeps it and what keeps its reasoning', async () => {
		const { page, conversation } = await openResponses();
		conversation.editor.setParam('store', false);
		expect(await said(page, conversation)).toEqual(['store-off', 'reasoning-lost']);
		press(conversation, 'reasoning-lost');
		expect(conversation.editor.settings.params.include).toEqual(['reasoning.encrypted_content']);
		expect(await said(page, conversation)).toEqual(['store-off']);
		await say(conversation, fact);
		expect(await stateAt(conversation, -1)).toBe('not-stored');
		expect(await said(page, conversation)).toEqual(['chain-not-stored', 'store-off']);
		press(conversation, 'chain-not-stored');
		expect(conversation.editor.settings.params).not.toHaveProperty('store');
	});

	it('that another Region does not know the response, with a key of the Region that does', async () => {
		const { page, conversation } = await tellFact();
		await page.playground.useKey(newKey(undefined, 'us-east-1'), 'until-expiry');
		expect(await said(page, conversation)).toEqual(['chain-region']);
		expect(conversation.next.warnings[0]?.fix).toMatchObject({ wanted: 'us-west-2' });
		expect(conversation.next.built.request.body).not.toContain('previous_response_id');
	});

	it('that another endpoint and another path do not, with the way back', async () => {
		const { page, conversation, id } = await tellFact();
		const { model } = conversation.editor.settings;
		for (const change of [{ endpoint: 'runtime' }, { prefix: '/openai/v1' }] as const) {
			conversation.editor.change(change);
			expect(await said(page, conversation)).toContain('chain-endpoint');
			expect(conversation.chain).toBeUndefined();
			press(conversation, 'chain-endpoint');
			expect(conversation.chain?.responseId).toBe(id);
			expect(await said(page, conversation)).toEqual([]);
		}
		expect(conversation.editor.settings.model).toBe(model);
	});

	it('that another account does not; another key of the same account continues', async () => {
		const page = await openPage(simulate());
		page.playground.change({ api: 'responses' });
		const conversation = tab(page, 'responses');
		const keyOf = (account: string, lastFour: string) => ({ ...newKey(), account, lastFour });
		await page.playground.useKey(keyOf('111111111111', 'AAAA'), 'until-expiry');
		await say(conversation, fact);
		const id = conversation.chain?.responseId;
		await page.playground.useKey(keyOf('222222222222', 'BBBB'), 'until-expiry');
		expect(await said(page, conversation)).toEqual(['chain-account']);
		await page.playground.useKey(keyOf('111111111111', 'CCCC'), 'until-expiry');
		expect(await said(page, conversation)).toEqual([]);
		await say(conversation, question);
		expect(bodyOf(page, 1).previous_response_id).toBe(id);
		expect(answerOf(conversation)).toBe(remembered);
		const [first] = conversation.runs.facts.values();
		expect(first?.identity).toEqual({ account: '111111111111', lastFour: 'AAAA' });
		// Nothing of the secret.
		expect(JSON.stringify(first)).not.toContain('secret');
	});

	it('that a key of unknown account may not, and that the demo and a key do not know each other’s', async () => {
		const { page, conversation } = await tellFact();
		await page.playground.useKey(newKey(), 'until-expiry');
		expect(await said(page, conversation)).toEqual(['chain-key']);
		await page.playground.keyRing.forget();
		expect(await said(page, conversation)).toEqual(['chain-no-key']);
		globalThis.indexedDB = new IDBFactory();
		const demo = await openResponses('demo');
		await say(demo.conversation, fact);
		await demo.page.playground.useKey(newKey(), 'until-expiry');
		expect(await said(demo.page, demo.conversation)).toEqual(['chain-demo']);
	});

	it('that instructions are not carried over, which are sent each turn', async () => {
		const { page, conversation } = await tellFact();
		conversation.editor.setSystem('');
		expect(await said(page, conversation)).toEqual(['instructions-dropped']);
		press(conversation, 'instructions-dropped');
		await say(conversation, question);
		const { instructions, model } = bodyOf(page, 1);
		expect([instructions, model]).toEqual(['Be short.', 'openai.gpt-oss-120b']);
	});
});

describe('what is typed into the body', () => {
	const typed = async (page: Page, conversation: Conversation, change: object) => {
		const { typeBody } = await import('./typed-body.svelte.ts');
		const body = { ...bodyOf(page, 0), ...change };
		typeBody(conversation, JSON.stringify(body));
	};

	it('never mixes an id with the history that the service remembers by it', async () => {
		const { page, conversation, id } = await tellFact();
		const input = [
			{ role: 'user', content: fact },
			{ role: 'assistant', content: greeting },
			{ role: 'user', content: question }
		];
		await typed(page, conversation, { input, previous_response_id: id });
		expect(await said(page, conversation)).toContain('mixed-history');
		press(conversation, 'mixed-history');
		expect(conversation.editor.typed).toBeUndefined();
		expect(await said(page, conversation)).toEqual([]);
	});

	it('names a response that nobody here knows: its field can be dropped from the form', async () => {
		const { page, conversation } = await tellFact();
		conversation.editor.resend = true;
		conversation.editor.change({ extra: { responses: { previous_response_id: 'resp_other' } } });
		conversation.editor.composer = question;
		expect(await said(page, conversation)).toContain('mixed-history');
		press(conversation, 'mixed-history');
		expect(conversation.next.built.request.body).not.toContain('previous_response_id');
		expect(turnsOf(JSON.parse(conversation.next.built.request.body ?? ''))).toEqual(wholeHistory);
	});

	it('is refused without a model', async () => {
		const { page, conversation, id } = await tellFact();
		const input = [{ role: 'user', content: question }];
		await typed(page, conversation, { input, model: undefined, previous_response_id: id });
		const { reasonNotToSend } = await import('../components/workspace/reason.ts');
		expect(reasonNotToSend(page.playground, conversation)).toBe(text.workspace.noModel);
	});
});
