import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import requests from '../../../../tests/fixtures/requests.json' with { type: 'json' };
import { startServer } from '../../simulator/server.ts';
import type { RunningServer } from '../../simulator/server.ts';
import { buildEmbeddings, parseEmbeddings, readEmbeddings } from './embeddings.ts';
import type { EmbeddingsDraft } from './embeddings.ts';

let server: RunningServer;
/** What the openai package sends, as it sends it. */
const seen: { url: string; body: string }[] = [];
let openai: OpenAI;

beforeAll(async () => {
	server = await startServer({ speed: 0, onrequest: ({ url, body }) => seen.push({ url, body }) });
	openai = new OpenAI({ baseURL: `${server.url}/api/v1`, apiKey: 'gw-test', maxRetries: 0 });
});

afterAll(() => server.close());

const model = 'text-embedding-3-small';
const drafts: EmbeddingsDraft[] = [
	{ model, texts: ['one'], encoding: 'float' },
	{ model, texts: ['one', 'two words', '  spaces  '], encoding: 'base64' },
	{ model, texts: ['one'], dimensions: 256, encoding: 'float' }
];

describe('a request for embeddings', () => {
	it.each(drafts)('%j is what the openai package sends for the same', async (draft) => {
		const { texts, dimensions, encoding = 'float' } = draft;
		const [first = ''] = texts;
		await openai.embeddings.create({
			...{ model, input: texts.length === 1 ? first : [...texts], encoding_format: encoding },
			...(dimensions !== undefined && { dimensions })
		});
		const { url, body } = seen.at(-1) ?? { url: '', body: '' };
		const request = buildEmbeddings(draft, `${server.url}/api/v1`);
		expect(request.url).toBe(url);
		expect(JSON.parse(request.body ?? '')).toEqual(JSON.parse(body));
		expect(readEmbeddings(request)).toEqual(draft);
	});

	it('says nothing that was not set', () => {
		const { body = '' } = buildEmbeddings({ model, texts: ['one', 'two'] }, 'https://x.test/v1');
		expect(JSON.parse(body)).toEqual({ input: ['one', 'two'], model });
	});

	it('of our sources is read and built again as it stands', () => {
		const example = requests.examples.find(({ id }) => id === 'gateway-embeddings');
		const { url = '', body } = example?.request ?? {};
		const request = { method: 'POST', url, headers: {}, body: JSON.stringify(body) } as const;
		const base = url.replace(/\/embeddings$/, '');
		const built = buildEmbeddings(readEmbeddings(request), base);
		expect([built.url, JSON.parse(built.body ?? '')]).toEqual([url, body]);
		const answer = parseEmbeddings(example?.response?.body, 1);
		expect(answer?.vectors[0]).toHaveLength(5);
		expect(answer?.model).toBe('cohere.embed-multilingual-v3');
	});

	it.each([
		['another path', 'https://x.test/v1/models', '{"input":"a"}'],
		['lists of tokens', 'https://x.test/v1/embeddings', '{"input":[1,2]}'],
		['no JSON', 'https://x.test/v1/embeddings', 'input']
	])('is not read from %s', (_, url, body) => {
		expect(() => readEmbeddings({ method: 'POST', url, headers: {}, body })).toThrow();
	});
});

describe('an answer with embeddings', () => {
	it.each(['float', 'base64'] as const)(
		'in %s is read as the openai package reads it',
		async (encoding) => {
			const input = ['The food was good', 'Bytes cross a wire'];
			// Asked for nothing, the package asks for base64 and decodes it.
			const { data } = await openai.embeddings.create({ model, input });
			const request = buildEmbeddings({ model, texts: input, encoding }, `${server.url}/api/v1`);
			const response = await fetch(request.url, {
				...{ method: 'POST', body: request.body ?? '' },
				headers: { ...request.headers, Authorization: 'Bearer gw-test' }
			});
			const answer = parseEmbeddings(await response.json(), 2);
			expect(answer?.vectors).toEqual(data.map(({ embedding }) => embedding));
			expect(answer?.usage).toEqual({ prompt_tokens: 8, total_tokens: 8 });
		}
	);

	const one = (embedding: unknown, index?: number) => ({ object: 'embedding', embedding, index });

	it.each<[string, unknown, unknown]>([
		['in another order', [one([2], 1), one([1], 0)], [[1], [2]]],
		['without places', [one([1]), one([2])], [[1], [2]]],
		['with one missing', [one([2], 1)], [undefined, [2]]],
		['with more than was asked for', [one([1], 0), one([2], 1), one([3], 2)], [[1], [2]]],
		['with a place that is none', [one([1], 0), one([2], 7)], [[1], undefined]],
		['with words for a vector', [one('no base64!', 0), one([], 1)], [undefined, undefined]],
		['with base64 of three bytes', [one('AAAA', 0), one([1], 1)], [undefined, [1]]],
		['with a NaN in base64', [one('AADAfw==', 0), one([1], 1)], [undefined, [1]]]
	])('%s is read as far as it goes', (_, data, vectors) => {
		expect(parseEmbeddings({ object: 'list', data }, 2)?.vectors).toEqual(vectors);
	});

	it.each([[undefined], [{}], [{ data: {} }], [{ data: [] }], [{ data: [{ text: 'a' }] }]])(
		'is not %j',
		(value) => expect(parseEmbeddings(value, 1)).toBeUndefined()
	);
});
