import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ResponseNode } from '../model/response-node.ts';
import type { Conversation } from './conversation.svelte.ts';
import {
	answerOf,
	bodyOf,
	fact,
	openResponses,
	question,
	remembered,
	tellFact
} from './test-chain.ts';
import { openPage, say, simulate, tab } from './test-kit.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
});

const soon = () => Promise.resolve();

async function nodesIn(conversation: Conversation): Promise<ResponseNode[]> {
	const { nodesOf } = await import('../model/response-node.ts');
	const { tree, runs, circumstances } = conversation;
	return nodesOf({ ...circumstances, turns: tree.turns, runs: runs.facts });
}

function byteLength(body: string | undefined): number {
	return Buffer.byteLength(body ?? '');
}

describe('forks of a chain', () => {
	it('answer by what was said on their own branch, because the service remembers per response', async () => {
		const { page, conversation, id } = await tellFact();
		const first = conversation.tree.leaf ?? '';
		await say(conversation, 'My name is Bob and I like dogs.');
		await say(conversation, question);
		expect(answerOf(conversation)).toBe('Your name is Bob and you like dogs.');
		const bobs = conversation.chain?.responseId;
		conversation.branch.fork(first);
		expect(conversation.chain?.responseId).toBe(id);
		await say(conversation, question);
		expect(answerOf(conversation)).toBe(remembered);
		expect(bodyOf(page, -1).previous_response_id).toBe(id);

		const nodes = await nodesIn(conversation);
		expect(nodes.map(({ parent }) => parent)).toEqual([undefined, id, nodes[1]?.responseId, id]);
		expect(nodes.map(({ before }) => before)).toEqual([
			...[undefined, first, nodes[1]?.turn.id, first]
		]);
		expect(nodes[2]?.responseId).toBe(bobs);
		expect(nodes.every(({ state }) => state === 'completed')).toBe(true);
	});

	it('know where each response was made, for whom, and what it went on from, after a reload too', async () => {
		const { page, conversation, id } = await tellFact();
		conversation.editor.resend = true;
		await say(conversation, question);
		page.close();
		const again = tab(await openPage(simulate()), 'responses');
		const [first, second] = await nodesIn(again);
		const { placeOf, keyOf } = await import('../model/response-node.ts');
		if (first === undefined) throw new Error('none');
		expect(first.responseId).toBe(id);
		expect(placeOf(first.run)).toEqual({
			endpoint: 'mantle',
			base: 'https://bedrock-mantle.us-west-2.api.aws/v1',
			prefix: '/v1',
			region: 'us-west-2'
		});
		expect(keyOf(first.run, undefined)).toEqual({ lastFour: 'MPLE' });
		expect(first.run.model).toBe('openai.gpt-oss-120b');
		// It follows the first in the tree, and went without its id.
		expect([second?.before, second?.parent]).toEqual([first.turn.id, undefined]);
	});
});

describe('what the model will see', () => {
	it('is counted both ways to the byte, for any text, and adds up', async () => {
		const { conversation } = await tellFact();
		const { TwoWays } = await import('./two-ways.svelte.ts');
		const ways = new TwoWays(() => conversation);
		for (const said of ['', 'x', question, 'Zoë “said” 🙂\nand \ud800 left']) {
			conversation.editor.composer = said;
			conversation.editor.settle();
			conversation.editor.resend = false;
			const chained = conversation.next.built.request.body;
			expect(ways.now.bytes).toBe(byteLength(chained));
			expect(ways.chained?.bytes).toBe(byteLength(chained));
			const { turns, bytes } = ways.remembered ?? { turns: 0, bytes: 0 };
			conversation.editor.resend = true;
			const whole = conversation.next.built.request.body;
			expect(ways.now.bytes).toBe(byteLength(whole));
			expect(ways.remembered).toBeUndefined();
			expect(turns).toBe(1);
			// What is remembered is what the whole has more, beside the id that it has less.
			const { previous_response_id: _, ...rest } = JSON.parse(chained ?? '{}') as Record<
				string,
				unknown
			>;
			if (said === '') continue;
			expect(bytes).toBe(byteLength(whole) - byteLength(JSON.stringify(rest, null, 2)));
		}
		conversation.editor.resend = false;
		expect(ways.now.items).toBe(1);
		expect(ways.resent.items).toBe(3);
	});
});

describe('what chaining has saved', () => {
	it('is the difference to the bodies that would have been sent, summed over all branches', async () => {
		const { page, conversation } = await openResponses();
		const { countSaved } = await import('./saved.ts');
		const { signal } = new AbortController();
		expect(await countSaved(conversation, soon, signal)).toBeUndefined();
		await say(conversation, fact);
		const first = conversation.tree.leaf ?? '';
		await say(conversation, question);
		conversation.branch.fork(first);
		await say(conversation, 'And what else?');
		const saved = await countSaved(conversation, soon, signal);

		// The same two turns sent with the whole history say what that would have been.
		let resent = 0;
		conversation.editor.resend = true;
		for (const said of [question, 'And what else?']) {
			conversation.branch.fork(first);
			await say(conversation, said);
			resent += byteLength(page.sent.at(-1)?.body);
		}
		const chained = [1, 2].map((i) => byteLength(page.sent[i]?.body));
		expect(saved).toMatchObject({ requests: 2, resent, unreported: 0, uncounted: 0 });
		expect(saved?.sent).toBe((chained[0] ?? 0) + (chained[1] ?? 0));
		const inputs = [...conversation.runs.facts.values()].filter(({ chain }) => chain);
		expect(saved?.input).toBe(inputs.reduce((sum, { usage }) => sum + (usage?.input ?? NaN), 0));
		// Those with the whole history are none that saved anything.
		expect((await countSaved(conversation, soon, signal))?.requests).toBe(2);
	});

	it('invents no tokens: what was not reported is said to be so', async () => {
		const service = simulate();
		const { conversation } = await openResponses('with-key', async (input, init) => {
			const response = await service(input, init);
			const { usage: _, ...body } = (await response.json()) as Record<string, unknown>;
			return Response.json(body, { headers: response.headers });
		});
		conversation.editor.change({ stream: undefined });
		await say(conversation, fact);
		await say(conversation, question);
		const { countSaved } = await import('./saved.ts');
		const saved = await countSaved(conversation, soon, new AbortController().signal);
		expect(saved).toMatchObject({ requests: 1, unreported: 1 });
		expect(saved).not.toHaveProperty('input');
		expect(saved).not.toHaveProperty('cached');
	});

	it('is not told of a body that somebody typed', async () => {
		const { page, conversation, id } = await tellFact();
		const { typeBody } = await import('./typed-body.svelte.ts');
		const input = [{ role: 'user', content: question }];
		typeBody(conversation, JSON.stringify({ ...bodyOf(page, 0), input, previous_response_id: id }));
		await conversation.send();
		expect(answerOf(conversation)).toBe(remembered);
		const { countSaved } = await import('./saved.ts');
		const saved = await countSaved(conversation, soon, new AbortController().signal);
		expect(saved).toMatchObject({ requests: 0, uncounted: 1 });
	});
});
