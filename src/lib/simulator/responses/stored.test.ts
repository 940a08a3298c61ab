import { describe, expect, it } from 'vitest';
import { newFetch, OSS, post, readJson, RESPONSES } from '../test-kit.ts';

const DAY = 24 * 60 * 60 * 1000;

describe('a stored response', () => {
	const storing = () => {
		let time = 1_700_000_000_000;
		const fetch = newFetch({ now: () => time });
		const create = async (rest: object = {}): Promise<string> => {
			const body = await readJson(
				post(fetch, RESPONSES, { model: OSS, input: 'My name is Alice.', ...rest })
			);
			return (body as { id: string }).id;
		};
		const follow = (id: string, url = RESPONSES) =>
			post(fetch, url, { model: OSS, input: 'What is my name?', previous_response_id: id });
		return { fetch, create, follow, pass: (ms: number) => (time += ms) };
	};
	const missing = (id: string) => ({
		error: {
			code: 'not_found',
			message: `Response '${id}' not found.`,
			param: 'previous_response_id',
			type: 'invalid_request_error'
		}
	});

	it('is forgotten after thirty days', async () => {
		const { create, follow, pass } = storing();
		const id = await create();
		pass(30 * DAY - 1);
		expect((await follow(id)).status).toBe(200);
		pass(1);
		const response = await follow(id);
		expect(response.status).toBe(404);
		expect(await response.json()).toEqual(missing(id));
	});

	it('is not kept with store: false', async () => {
		const { create, follow, fetch } = storing();
		const id = await create({ store: false });
		expect(await readJson(follow(id))).toEqual(missing(id));
		expect((await fetch(`${RESPONSES}/${id}`)).status).toBe(404);
	});

	it('is found, and deleted once', async () => {
		const { create, fetch } = storing();
		const id = await create();
		expect(await readJson(fetch(`${RESPONSES}/${id}`))).toMatchObject({
			id,
			object: 'response',
			status: 'completed'
		});
		const remove = () => fetch(`${RESPONSES}/${id}`, { method: 'DELETE' });
		expect(await readJson(remove())).toEqual({ id, object: 'response', deleted: true });
		expect((await remove()).status).toBe(404);
	});

	it('exists in its own region only', async () => {
		const { create, follow } = storing();
		const id = await create();
		expect((await follow(id, RESPONSES.replace('us-east-1', 'us-west-2'))).status).toBe(404);
		expect((await follow(id)).status).toBe(200);
	});
});
