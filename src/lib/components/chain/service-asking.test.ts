import { expect, it } from 'vitest';
import { nodesOf } from '../../model/response-node.ts';
import { fact, openResponses, question } from '../../state/test-chain.ts';
import { say, simulate } from '../../state/test-kit.ts';
import { ServiceAsking } from './service-asking.svelte.ts';

/** Two answers, the requests that were asked about them, and what asks about the one with the number in `looksAt`. */
async function askAbout() {
	const asked: string[] = [];
	const service = simulate();
	const { conversation } = await openResponses('with-key', (input, init) => {
		if (init?.method === 'GET') asked.push(String(input));
		return service(input, init);
	});
	await say(conversation, fact);
	await say(conversation, question);
	const { tree, runs, circumstances } = conversation;
	const nodes = nodesOf({ ...circumstances, turns: tree.turns, runs: runs.facts });
	const looksAt = { number: 0 };
	const nodeAt = (number: number) => {
		const node = nodes[number];
		if (node === undefined) throw new Error('It is not there');
		return node;
	};
	const asking = new ServiceAsking(
		() => conversation,
		() => nodeAt(looksAt.number)
	);
	return { asking, asked, nodeAt, looksAt };
}

it('What the service said is told of the response that it was asked about', async () => {
	const { asking, asked, nodeAt } = await askAbout();
	expect(asking.called).toBeUndefined();
	await asking.ask('retrieve');
	expect(asked).toHaveLength(1);
	expect(asked[0]).toContain(nodeAt(0).responseId);
	expect(asking.called).toMatchObject({ ok: { status: 'completed', id: nodeAt(0).responseId } });
	// The page has this answer to its end already.
	expect(asking.taken).toBeUndefined();
});

it('What was asked about one response is not told of another', async () => {
	const { asking, looksAt } = await askAbout();
	const answered = asking.ask('retrieve');
	looksAt.number = 1;
	await answered;
	expect(asking.called).toBeUndefined();
});

it('A second call sends nothing while the first goes on', async () => {
	const { asking, asked } = await askAbout();
	const first = asking.ask('retrieve');
	expect(asking.isAsking).toBe(true);
	await asking.ask('retrieve');
	await first;
	expect([asked.length, asking.isAsking]).toEqual([1, false]);
});
