import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { targetOf } from '../catalog/targets.ts';
import type { ApiId } from '../model/draft.ts';
import { toJson } from '../model/json-schema.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import { newRandom } from '../simulator/random.ts';
import { apis } from './index.ts';
import { fullBodies } from './test-full-bodies.ts';
import { examples } from './test-kit.ts';
import type { Example } from './test-kit.ts';
import { mutate, pick } from './test-mutation.ts';
import { oddBodies } from './test-odd-bodies.ts';
import type { Case } from './test-odd-bodies.ts';

const repaired = 'converse-unencoded-arn';

function newRequest({ request }: Pick<Example, 'request'>): HttpRequest {
	return { ...request, body: JSON.stringify(request.body) };
}

function find(id: string): Example {
	const found = examples.find((example) => example.id === id);
	if (found === undefined) throw new Error(`no example ${id}`);
	return found;
}

/** What the law compares. */
function meaningOf(request: HttpRequest): unknown {
	const { origin, pathname, search } = new URL(request.url);
	return {
		method: request.method,
		origin,
		path: pathname.split('/').map(decodeURIComponent),
		search,
		headers: Object.fromEntries(
			Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])
		),
		body: JSON.parse(request.body ?? 'null') as Json
	};
}

function rebuild(api: ApiId, request: HttpRequest): ReturnType<(typeof apis)[ApiId]['build']> {
	return apis[api].build(apis[api].read(request), targetOf(request.url));
}

/** Why the law does not hold for `request`; undefined where it does. */
function breach(api: ApiId, request: HttpRequest): string | undefined {
	const draft = apis[api].read(request);
	const { request: built, losses } = rebuild(api, request);
	if (!isDeepStrictEqual(meaningOf(built), meaningOf(request))) {
		return `sent ${request.body}\nbuilt ${built.body}`;
	}
	if (losses.length > 0) return `${request.body} lost ${JSON.stringify(losses)}`;
	if (!isDeepStrictEqual(apis[api].read(built), draft))
		return `${request.body} reads otherwise again`;
	return toJson(draft) === undefined ? `${request.body} cannot be stored` : undefined;
}

describe('build(read(request)) is the request', () => {
	it.each(examples.filter(({ id }) => id !== repaired))('for $id', (example) => {
		const request = newRequest(example);
		const { request: built, losses } = rebuild(example.api, request);
		expect(meaningOf(built)).toEqual(meaningOf(request));
		expect(losses).toEqual([]);
	});

	it('but an ARN with a slash that is not encoded is repaired', () => {
		const broken = newRequest(find(repaired));
		const right = newRequest(find('converse-application-profile'));
		expect(apis.converse.read(broken)).toEqual(apis.converse.read(right));
		expect(meaningOf(rebuild('converse', broken).request)).toEqual(meaningOf(right));
	});

	it('covers the three APIs', () => {
		expect(new Set(examples.map(({ api }) => api))).toEqual(new Set(Object.keys(apis)));
		expect(examples).toHaveLength(27);
	});
});

const urls: Record<ApiId, string> = {
	converse:
		'https://bedrock-runtime.us-west-2.amazonaws.com/model/us.anthropic.claude-sonnet-5/converse',
	'chat-completions': 'https://bedrock-mantle.us-east-1.api.aws/v1/chat/completions',
	responses: 'https://bedrock-mantle.us-east-1.api.aws/openai/v1/responses'
};

function newJsonRequest(api: ApiId, body: Json): HttpRequest {
	return {
		method: 'POST',
		url: urls[api],
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body)
	};
}

const ids = Object.keys(apis) as ApiId[];
const rich: Case[] = [
	...ids.map((api) => ({ name: 'everything', api, body: fullBodies[api] })),
	...oddBodies
];

describe('the law over richer bodies', () => {
	it.each(rich)('$api: $name', ({ api, body }) => {
		expect(breach(api, newJsonRequest(api, body))).toBeUndefined();
	});

	it('keeps what has words out of what has none', () => {
		const { messages, system, params } = apis['chat-completions'].read(
			newJsonRequest('chat-completions', fullBodies['chat-completions'])
		);
		expect(system?.parts).toEqual([{ type: 'text', text: 'Answer briefly.' }]);
		expect(messages.map(({ role }) => role).join(' ')).toBe(
			'system user assistant tool tool tool assistant assistant assistant user'
		);
		expect(messages[2]?.parts.map(({ type }) => type)).toEqual(['tool-call', 'tool-call']);
		expect(params).toMatchObject({ includeUsage: true, reasoningEffort: 'xhigh', temperature: 0 });
		expect(params.stopSequences).toBeUndefined();
	});

	it('shows tool calls beside an empty list of content', () => {
		const call = { id: 'c', type: 'function', function: { name: 'n', arguments: '{}' } };
		const message = { role: 'assistant', content: [], tool_calls: [call] };
		const request = newJsonRequest('chat-completions', { messages: [message] });
		expect(breach('chat-completions', request)).toBeUndefined();
		expect(apis['chat-completions'].read(request).messages[0]?.parts).toEqual([
			{ type: 'tool-call', id: 'c', name: 'n', input: '{}' }
		]);
	});
});

describe('the law over mutated bodies', () => {
	const bodies: Case[] = [
		...rich,
		...examples
			.filter(({ id }) => id !== repaired && id !== 'gateway-image-data')
			.map(({ id, api, request }) => ({ name: id, api, body: request.body }))
	];

	it.each(ids)(
		'of %s, 1500 of them',
		(api) => {
			const { next: random } = newRandom(20261121);
			const started = bodies.filter((one) => one.api === api);
			const breaches: string[] = [];
			for (let i = 0; i < 1500; i++) {
				const body = structuredClone(pick(started, random).body) as JsonObject;
				for (let n = random() * 5; n > 0; n--) mutate(body, random);
				const found = breach(api, newJsonRequest(api, body));
				if (found !== undefined) breaches.push(found);
			}
			expect(breaches.slice(0, 3)).toEqual([]);
		},
		60_000
	);
});
