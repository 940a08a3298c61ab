import OpenAI from 'openai';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { adopt, lookUp } from './adopt.ts';
import { answerOf, fact, openResponses, question, remembered } from './test-chain.ts';
import { say, simulate } from './test-kit.ts';
import type { Page } from './test-kit.ts';

const pages: Page[] = [];

afterEach(async () => {
	for (const { playground, close } of pages.splice(0)) {
		await playground.keyRing.forget();
		close();
	}
	vi.unstubAllGlobals();
});

/** A page and the package of OpenAI, on the same service. */
async function open() {
	const service = simulate();
	const { page } = await openResponses('with-key', service);
	pages.push(page);
	const conversation = page.playground.tabs.startAnew();
	const { base } = conversation.target;
	const openai = new OpenAI({ baseURL: base, apiKey: 'key', maxRetries: 0, fetch: service });
	return { conversation, base, openai, model: conversation.editor.settings.model };
}

describe('the openai package and the page', () => {
	it('the package reads and continues a response that the page made', async () => {
		const { conversation, openai, model } = await open();
		await say(conversation, fact);
		const id = conversation.chain?.responseId ?? '';
		expect(await openai.responses.retrieve(id)).toMatchObject({ id, status: 'completed' });
		const { data } = await openai.responses.inputItems.list(id);
		expect(data).toMatchObject([{ role: 'user', content: [{ text: fact }] }]);
		const next = await openai.responses.create({
			...{ model, input: question, previous_response_id: id }
		});
		expect(next.output_text).toBe(remembered);
	});

	it('the page reads and continues a response that the package made', async () => {
		const { conversation, base, openai, model } = await open();
		const { id } = await openai.responses.create({ model, input: fact });
		await adopt(conversation, await lookUp(conversation, id, base));
		expect(conversation.chain?.responseId).toBe(id);
		await say(conversation, question);
		expect(answerOf(conversation)).toBe(remembered);
	});

	it('a response that the package has deleted is not known to the page any more', async () => {
		const { conversation, base, openai, model } = await open();
		const { id } = await openai.responses.create({ model, input: fact });
		await openai.responses.delete(id);
		const looked = await lookUp(conversation, id, base);
		expect(looked).toMatchObject({ found: [], failure: { error: { status: 404 } } });
	});
});
