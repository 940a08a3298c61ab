import { describe, expect, it } from 'vitest';
import { CHAT, chatBody, CONVERSE, newFetch, OSS, post, readJson, RUNTIME } from '../test-kit.ts';

describe('answers', () => {
	const ask = async (text: string, rest: object = {}): Promise<string> => {
		const model = 'mistral.ministral-3-3b-instruct';
		const body = await readJson(post(newFetch(), CHAT, chatBody(model, text, rest)));
		return (body as { choices: [{ message: { content: string } }] }).choices[0].message.content;
	};

	it.each([1, 7, 300, 5000])('have exactly %i words when asked', async (count) => {
		const text = await ask(`Please write ${count} words about rain.`);
		expect(text.split(/\s+/)).toHaveLength(count);
	});

	it('are Chinese to a Chinese prompt', async () => {
		expect(await ask('你是什么模型')).toMatch(/\p{Script=Han}.*🚀/su);
	});

	it('fit a schema', async () => {
		const schema = {
			type: 'object',
			properties: {
				city: { type: 'string' },
				count: { type: 'integer' },
				tags: { type: 'array', items: { enum: ['red', 'blue'] } }
			}
		};
		const response_format = { type: 'json_schema', json_schema: { name: 'x', schema } };
		expect(JSON.parse(await ask('Something blue in Porto', { response_format }))).toEqual({
			city: 'Lisbon',
			count: 1,
			tags: ['blue']
		});
	});

	it('say that they are simulated, and quote the prompt', async () => {
		const text = await ask('Explain the tides to a child of seven years who likes boats');
		expect(text).toContain('simulator');
		expect(text).toContain('“Explain the tides to a child of seven…”');
	});

	it('remember what the messages say, on Chat and on Converse', async () => {
		const said = 'My name is Alice and I like cats.';
		const asked = 'What is my name and what do I like?';
		const messages = [
			{ role: 'user', content: said },
			{ role: 'assistant', content: 'Hello Alice.' },
			{ role: 'user', content: asked }
		];
		expect(await ask('', { messages })).toBe('Your name is Alice and you like cats.');
		const native = messages.map(({ role, content }) => ({ role, content: [{ text: content }] }));
		expect(await readJson(post(newFetch(), CONVERSE, { messages: native }))).toMatchObject({
			output: { message: { content: [{ text: 'Your name is Alice and you like cats.' }] } }
		});
	});

	it('carry a thought where the endpoint puts it', async () => {
		const mantle = await readJson(post(newFetch(), CHAT, chatBody(OSS, 'Hello')));
		expect(mantle).toMatchObject({
			choices: [
				{
					message: {
						content: 'Hello! How can I help you today?',
						reasoning: 'Just a greeting. Respond politely.'
					}
				}
			]
		});
		const runtime = `${RUNTIME}/openai/v1/chat/completions`;
		const body = chatBody('openai.gpt-oss-120b-1:0', 'Hello', { stream: true });
		const text = await (await post(newFetch(), runtime, body)).text();
		const deltas = [...text.matchAll(/"content":"([^"]*)"/g)].map(([, content]) => content);
		expect(deltas.join('')).toBe(
			'<reasoning>Just a greeting. Respond politely.</reasoning>Hello! How can I help you today?'
		);
		expect(deltas.some((delta) => delta?.includes('<reasoning>'))).toBe(false);
	});
});
