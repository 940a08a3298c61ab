import { describe, expect, it } from 'vitest';
import { newSimulator } from '../simulator.ts';
import { MANTLE, post, RUNTIME } from '../test-kit.ts';

const URL = `${MANTLE}/v1/responses`;
const model = 'openai.gpt-oss-120b';
const DAY = 24 * 60 * 60 * 1000;

interface Body {
	id: string;
	status: string;
	output: { type: string; content?: { text: string }[] }[];
	error?: { message: string; param: string | null };
}

/** A simulator whose clock is moved by hand, at the pace of a real model. */
function start() {
	let time = 1_700_000_000_000;
	const fetch = newSimulator({ speed: 1, requireKey: false, now: () => time });
	const read = async (response: Response) => ({
		status: response.status,
		body: (await response.json()) as Body
	});
	return {
		fetch,
		pass: (ms: number) => (time += ms),
		create: async (rest: object = {}) =>
			read(await post(fetch, URL, { model, input: 'Write 40 words.', background: true, ...rest })),
		get: async (id: string) => read(await fetch(`${URL}/${id}`)),
		cancel: async (id: string) => read(await post(fetch, `${URL}/${id}/cancel`, {})),
		remove: async (id: string) => read(await fetch(`${URL}/${id}`, { method: 'DELETE' }))
	};
}

const eventsOf = (text: string) =>
	[...text.matchAll(/^data: (.*)$/gm)].map(
		([, data]) => JSON.parse(data ?? '') as { type: string; sequence_number: number }
	);

describe('a response in the background', () => {
	it('is queued, then in progress, then completed, by the clock alone', async () => {
		const { create, get, pass } = start();
		const { body } = await create();
		expect(body).toMatchObject({ status: 'queued', background: true, output: [] });
		const states = [];
		for (const step of [999, 1, 60_000]) {
			pass(step);
			states.push((await get(body.id)).body.status);
		}
		expect(states).toEqual(['queued', 'in_progress', 'completed']);
		const text = (await get(body.id)).body.output.at(-1)?.content?.[0]?.text;
		expect(text?.split(/\s+/)).toHaveLength(40);
	});

	it('is cancelled for good before its end, and not after it', async () => {
		const { create, get, cancel, pass } = start();
		const [early, late] = [await create(), await create()];
		expect((await cancel(early.body.id)).body.status).toBe('cancelled');
		pass(60_000);
		expect((await get(early.body.id)).body).toMatchObject({ status: 'cancelled', output: [] });
		expect((await cancel(late.body.id)).body.status).toBe('completed');
	});

	it('is what can be cancelled: a usual response is not', async () => {
		const fetch = newSimulator({ speed: 0, requireKey: false });
		const created = (await (await post(fetch, URL, { model, input: 'x' })).json()) as Body;
		const response = await post(fetch, `${URL}/${created.id}/cancel`, {});
		expect([response.status, await response.json()]).toMatchObject([
			400,
			{ error: { message: 'Cannot cancel a synchronous response.' } }
		]);
	});

	it('can be deleted while it is written', async () => {
		const { create, get, remove } = start();
		const { body } = await create();
		expect((await remove(body.id)).status).toBe(200);
		expect((await get(body.id)).status).toBe(404);
	});

	it('is not continued before it is completed', async () => {
		const { create, pass } = start();
		const { body } = await create();
		const next = await create({ previous_response_id: body.id });
		expect(next).toMatchObject({
			status: 400,
			body: {
				error: {
					message: `Response '${body.id}' is queued and cannot be continued.`,
					param: 'previous_response_id'
				}
			}
		});
		pass(60_000);
		expect((await create({ previous_response_id: body.id })).status).toBe(200);
	});

	it('is taken up again after the event that arrived last', async () => {
		const { fetch, create, pass } = start();
		const fast = newSimulator({ speed: 0, requireKey: false, now: () => 0 });
		const body = { model, input: 'Write 40 words.', background: true, stream: true };
		const whole = eventsOf(await (await post(fast, URL, body)).text());
		const first = whole[0] as unknown as { response: Body };
		expect(whole.slice(0, 3).map(({ type }) => type)).toEqual([
			'response.created',
			'response.queued',
			'response.in_progress'
		]);
		const again = await fast(`${URL}/${first.response.id}?stream=true&starting_after=4`);
		expect(eventsOf(await again.text())).toEqual(whole.slice(5));
		const { body: silent } = await create();
		pass(60_000);
		const refused = await fetch(`${URL}/${silent.id}?stream=true&starting_after=4`);
		expect([refused.status, await refused.json()]).toMatchObject([
			400,
			{ error: { message: expect.stringContaining('cannot be streamed'), param: 'stream' } }
		]);
	});

	it('is refused on the runtime', async () => {
		const fetch = newSimulator({ speed: 0, requireKey: false });
		const body = { model: 'us.openai.gpt-6-luna', input: 'x', background: true };
		const response = await post(fetch, `${RUNTIME}/openai/v1/responses`, body);
		expect(await response.json()).toMatchObject({
			error: { message: 'The background parameter is not supported.', param: 'background' }
		});
	});
});

describe('the state that the service keeps', () => {
	const say = (fetch: ReturnType<typeof newSimulator>) => async (input: unknown, rest: object) =>
		(await (await post(fetch, URL, { model, input, ...rest })).json()) as Body;
	const textOf = ({ output }: Body) => output.at(-1)?.content?.[0]?.text;

	it('is one for each branch', async () => {
		const send = say(newSimulator({ speed: 0, requireKey: false }));
		const root = await send('My name is Alice.', {});
		const cats = await send('I like cats.', { previous_response_id: root.id });
		const dogs = await send('I like dogs.', { previous_response_id: root.id });
		const ask = 'What is my name and what do I like?';
		expect(textOf(await send(ask, { previous_response_id: cats.id }))).toBe(
			'Your name is Alice and you like cats.'
		);
		expect(textOf(await send(ask, { previous_response_id: dogs.id }))).toBe(
			'Your name is Alice and you like dogs.'
		);
	});

	it('is gone after a restart, and thirty days after it was made', async () => {
		let time = 0;
		const options = { speed: 0, requireKey: false, now: () => time };
		const first = newSimulator(options);
		const { id } = await say(first)('Hello', {});
		expect((await newSimulator(options)(`${URL}/${id}`)).status).toBe(404);
		time = 30 * DAY - 1;
		expect((await first(`${URL}/${id}`)).status).toBe(200);
		time = 30 * DAY;
		expect((await first(`${URL}/${id}`)).status).toBe(404);
	});

	it('lists the items of an input, the newest first, in pages', async () => {
		const fetch = newSimulator({ speed: 0, requireKey: false });
		const input = ['one', 'two', 'three'].map((content) => ({ role: 'user', content }));
		const { id } = await say(fetch)(input, {});
		const list = async (query: string) =>
			(await (await fetch(`${URL}/${id}/input_items${query}`)).json()) as {
				data: { id: string; content: { text: string }[] }[];
				has_more: boolean;
			};
		const texts = ({ data }: Awaited<ReturnType<typeof list>>) =>
			data.map(({ content }) => content[0]?.text);
		const page = await list('?limit=2');
		expect([texts(page), page.has_more]).toEqual([['three', 'two'], true]);
		expect(texts(await list(`?after=${page.data[1]?.id}`))).toEqual(['one']);
		expect(texts(await list('?order=asc'))).toEqual(['one', 'two', 'three']);
	});
});
