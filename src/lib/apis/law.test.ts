import fc from 'fast-check';
import suite from '../../../tests/fixtures/json-test-suite.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import type { ApiId } from '../model/draft.ts';
import type { JsonObject } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import { newRandom } from '../simulator/random.ts';
import { apis } from './index.ts';
import { fullBodies } from './test-full-bodies.ts';
import { newBody } from './test-generated-bodies.ts';
import { breach, meaningOf, newJsonRequest, rebuild } from './test-law.ts';
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

describe('the law over values of JSONTestSuite as a field that nobody knows', () => {
	const valid = Object.entries(suite.texts).filter(([name]) => name.startsWith('y_'));

	it.each(ids)('of %s', (api) => {
		const known = JSON.stringify(fullBodies[api]).slice(0, -1);
		const breaches = valid.flatMap(([name, value]) => {
			const body = `${known},"x":${value}}`;
			const found = breach(api, { ...newJsonRequest(api, null), body });
			return found === undefined ? [] : [name, found];
		});
		expect(breaches).toEqual([]);
		expect(valid.length).toBeGreaterThan(90);
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
		'of %s, 1000 of them',
		(api) => {
			const { next: random } = newRandom(20261121);
			const started = bodies.filter((one) => one.api === api);
			const breaches: string[] = [];
			for (let i = 0; i < 1000; i++) {
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

describe('the law over generated bodies', () => {
	it.each(ids)('of %s, 600 of them out of every field that it has', (api) => {
		const seed = fc.nat();
		const holds = (one: number): void => {
			expect(breach(api, newJsonRequest(api, newBody(api, one)))).toBeUndefined();
		};
		fc.assert(fc.property(fc.noShrink(seed), holds), { numRuns: 600 });
	});
});
