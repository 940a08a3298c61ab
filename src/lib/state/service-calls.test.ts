import { afterEach, describe, expect, it, vi } from 'vitest';
import { adopt, lookUp, readResponseId } from './adopt.ts';
import { answerOf, fact, greeting, openResponses, question, remembered } from './test-chain.ts';
import type { Conversation } from './conversation.svelte.ts';
import { deleteOnService, listInputItems, retrieve } from './service-calls.ts';
import { newKey, say, simulate, spoken } from './test-kit.ts';
import type { Page } from './test-kit.ts';
import type { Fetch } from './runner.ts';

const pages: Page[] = [];

afterEach(async () => {
	for (const { playground, close } of pages.splice(0)) {
		await playground.keyRing.forget();
		close();
	}
	vi.unstubAllGlobals();
});

/** A page with a key and a new conversation on Responses. */
async function openAnew(answer?: Fetch) {
	const { page } = await openResponses('with-key', answer);
	pages.push(page);
	return { page, conversation: page.playground.tabs.startAnew() };
}

async function told() {
	const { page, conversation } = await openAnew();
	await say(conversation, fact);
	const id = conversation.chain?.responseId ?? '';
	const run = [...conversation.runs.facts.values()].find(({ responseId }) => responseId === id);
	if (run === undefined) throw new Error('Nothing was answered');
	return { page, conversation, id, run };
}

const stateOf = ({ runs }: Conversation, id: string) => runs.facts.get(id)?.service?.state;

describe('a stored response, asked for', () => {
	it('is retrieved where it was made, with the key that made it', async () => {
		const { page, conversation, id, run } = await told();
		conversation.editor.change({ endpoint: 'runtime' });
		const called = await retrieve(conversation, run);
		expect(called).toMatchObject({ ok: { id, status: 'completed' } });
		const { url, authorization } = page.sent.at(-1) ?? {};
		expect(url).toBe(`${run.request.url}/${id}`);
		expect(authorization).toBe(page.sent[0]?.authorization);
		expect(stateOf(conversation, run.id)).toBe('completed');
	});

	it('lists the items of its input', async () => {
		const { conversation, id, run } = await told();
		const base = run.request.url.replace(/\/responses$/, '');
		const listed = await listInputItems(base, id, run, conversation.caller);
		expect(listed).toMatchObject({ items: [{ role: 'user', content: [{ text: fact }] }] });
	});

	it('is deleted once: what is here stays, and the next request goes with the history', async () => {
		const { page, conversation, run } = await told();
		expect(await deleteOnService(conversation, run)).toMatchObject({ ok: { deleted: true } });
		expect([stateOf(conversation, run.id), conversation.chain]).toEqual(['deleted', undefined]);
		const again = await deleteOnService(conversation, run);
		expect(again).toMatchObject({ failure: { reason: 'refused', error: { status: 404 } } });
		await say(conversation, question);
		expect(JSON.parse(page.sent.at(-1)?.body ?? '')).not.toHaveProperty('previous_response_id');
		expect(answerOf(conversation)).toBe(remembered);
	});

	it('is marked as unknown where the service says so, in its own words', async () => {
		const { page, conversation, run } = await told();
		vi.stubGlobal('fetch', simulate());
		const called = await retrieve(conversation, run);
		expect(called).toMatchObject({
			failure: { reason: 'refused', error: { message: `Response '${run.responseId}' not found.` } }
		});
		expect(stateOf(conversation, run.id)).toBe('unknown');
		expect(page.sent).toHaveLength(1);
	});

	it('is not asked for without a key, in another Region or with the key of another account', async () => {
		const { page, conversation, run } = await told();
		const made = { ...run, identity: { account: '123456789012' } };
		const other = { ...newKey(), account: '210987654321' } as ReturnType<typeof newKey>;
		const whys = [];
		for (const key of [newKey(3_600_000, 'eu-west-1'), other, undefined]) {
			if (key === undefined) await page.playground.keyRing.forget();
			else await page.playground.useKey(key, 'tab');
			whys.push(await retrieve(conversation, made));
		}
		expect(whys).toEqual(
			['other-region', 'other-account', 'no-key'].map((why) => ({
				failure: { reason: 'no-way', why }
			}))
		);
		expect(page.sent).toHaveLength(1);
		expect(stateOf(conversation, run.id)).toBeUndefined();
	});
});

describe('an id that was pasted', () => {
	it.each([
		['resp_abc123', 'resp_abc123'],
		[' "previous_response_id": "resp_a-b_c",', 'resp_a-b_c'],
		['chatcmpl-1', undefined],
		['resp_', undefined],
		['resp_../../x', undefined]
	])('%j is read as %j', (text, id) => {
		expect(readResponseId(text)).toBe(id);
	});

	it('becomes turns of the tree with what could be read back, and is continued', async () => {
		const { conversation: elsewhere, page, id } = await told();
		await say(elsewhere, 'I also like tea.');
		const last = elsewhere.chain?.responseId ?? '';
		const conversation = page.playground.tabs.startAnew();
		const looked = await lookUp(conversation, last, conversation.target.base);
		expect(looked.found.map((one) => one.id)).toEqual([id, last]);
		await adopt(conversation, looked);
		expect(spoken(conversation)).toEqual(spoken(elsewhere));
		expect(conversation.chain?.responseId).toBe(last);
		await say(conversation, 'What is my name?');
		const body: unknown = JSON.parse(page.sent.at(-1)?.body ?? '');
		expect(body).toMatchObject({ previous_response_id: last });
		expect(answerOf(conversation)).toContain('Alice');
	});

	it('stands after the response that it continues, where that is here already', async () => {
		const { conversation, page, id } = await told();
		const there = page.playground.tabs.startAnew();
		await adopt(there, await lookUp(there, id, there.target.base));
		await say(there, 'I also like tea.');
		const last = there.chain?.responseId ?? '';
		const looked = await lookUp(conversation, last, conversation.target.base);
		expect(looked.found.map((one) => one.id)).toEqual([last]);
		await adopt(conversation, looked);
		expect(spoken(conversation)).toEqual(spoken(there));
	});

	it('is a turn without a question where the service does not list its input', async () => {
		const service = simulate();
		const missing = () => Response.json({ message: 'Unknown path' }, { status: 404 });
		const { page, conversation } = await openAnew((input, init) =>
			String(input).includes('/input_items') ? Promise.resolve(missing()) : service(input, init)
		);
		await say(conversation, fact);
		const id = conversation.chain?.responseId ?? '';
		const next = page.playground.tabs.startAnew();
		const looked = await lookUp(next, id, next.target.base);
		expect(looked.found[0]?.itemsFailure).toMatchObject({ error: { message: 'Unknown path' } });
		await adopt(next, looked);
		expect([next.tree.path.length, answerOf(next)]).toEqual([1, greeting]);
		await say(next, question);
		expect(answerOf(next)).toBe(remembered);
	});

	it('is not adopted where the service does not know it', async () => {
		const { conversation } = await told();
		const looked = await lookUp(conversation, 'resp_unknown', conversation.target.base);
		expect(looked).toMatchObject({ found: [], failure: { error: { status: 404 } } });
	});

	it('is here again after a reload', async () => {
		const { page, id } = await told();
		const conversation = page.playground.tabs.startAnew();
		await adopt(conversation, await lookUp(conversation, id, conversation.target.base));
		await page.playground.tabs.saveDraft(conversation);
		const { openConversation } = await import('../storage/conversations.ts');
		const stored = await openConversation(conversation.id);
		expect(stored?.turns).toHaveLength(2);
		expect(stored?.runs[0]).toMatchObject({ responseId: id, outcome: { reason: 'completed' } });
	});
});
