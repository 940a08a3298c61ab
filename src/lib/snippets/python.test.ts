import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import { python } from './python.ts';
import { answerFor, answerText, failureWords } from './test-answers.ts';
import { newAnswerCases, newNastyCases, readFixtures, requestWith } from './test-cases.ts';
import type { Case } from './test-cases.ts';
import { caseAt, requestFrom, sentForm, startLoopback } from './test-kit.ts';
import type { Loopback } from './test-kit.ts';
import { newOddCases, newRawCases } from './test-odd-cases.ts';
import { endAt, runAll, succeeds } from './test-python.ts';
import type { Call, End } from './test-python.ts';
import { secret } from './test-run.ts';
import { boto3Stub, openaiStub, readParameters } from './test-stubs.ts';

const stubs = { boto3: boto3Stub, openai: openaiStub };
const hasPython = succeeds('pass');

describe.skipIf(!hasPython)('the Python snippet with a library', () => {
	const cases = [...readFixtures(), ...newNastyCases(), ...newOddCases(), ...newToolCases()].filter(
		({ request, api }) => python.render(request, api).install !== undefined
	);
	const indexes = cases.map(({ id }, index) => [id, index] as const);
	let ends: End[];

	beforeAll(async () => {
		ends = await runAll(cases, (index) => caseAt(cases, index).request, stubs);
	}, 60_000);

	it('says nearly every request', () => {
		const odd = newOddCases().filter(
			(one) => python.render(one.request, one.api).install === undefined
		);
		expect(odd.map(({ id }) => id)).toEqual(['odd fields converse']);
		expect(cases).toHaveLength(
			[...readFixtures(), ...newNastyCases(), ...newOddCases(), ...newToolCases()].length - 1
		);
	});

	it.each(indexes)('calls it with the body of %s', (_, index) => {
		const { request, api } = caseAt(cases, index);
		const { calls } = endAt(ends, index);
		expect(calls.map(formOf)).toEqual([wantedForm(request, api)]);
	});

	it.each(indexes)('prints the answer to %s', (_, index) => {
		const { id } = caseAt(cases, index);
		const { out, thrown } = endAt(ends, index);
		if (id === 'failed stream') {
			expect(out).toBe(answerText);
			expect(thrown).toContain('Too many');
		} else if (id.startsWith('tool')) expect(out).toContain('find_it');
		else expect({ out, thrown }).toEqual({ out: `${answerText}\n`, thrown: undefined });
	});
});

function newToolCases(): Case[] {
	const prompt = 'tool please';
	return [
		{ id: 'tool converse', api: 'converse', request: requestWith('converse', prompt, false) },
		{
			id: 'tool chat',
			api: 'chat-completions',
			request: requestWith('chat-completions', prompt, false)
		},
		{ id: 'tool responses', api: 'responses', request: requestWith('responses', prompt, false) },
		{ id: 'failed stream', api: 'responses', request: requestWith('responses', prompt, true) },
		{
			id: 'every chat parameter',
			api: 'chat-completions',
			request: requestWithAll('chat-completions')
		},
		{ id: 'every responses parameter', api: 'responses', request: requestWithAll('responses') }
	];
}

function requestWithAll(api: 'chat-completions' | 'responses'): HttpRequest {
	const names =
		api === 'responses'
			? readParameters('responses/responses', 'ResponseCreateParamsBase')
			: readParameters('chat/completions/completions', 'ChatCompletionCreateParamsBase');
	expect(names).toContain('temperature');
	const others = names.filter((name) => !['messages', 'input', 'stream'].includes(name));
	return requestWith(api, 'Hi', false, Object.fromEntries(others.map((name) => [name, null])));
}

/** A call as the request that the library makes of it. */
function formOf({ client, method, args, extra }: Call): object {
	return { client, method, body: { ...args, ...extra?.body }, headers: extra?.headers ?? {} };
}

function wantedForm(request: HttpRequest, api: Case['api']): object {
	const body = JSON.parse(request.body ?? '') as Record<string, Json>;
	const { hostname, pathname } = new URL(request.url);
	if (api === 'converse') {
		const [, model = '', operation = ''] = /\/model\/(.+)\/(.+)$/.exec(pathname) ?? [];
		return {
			client: { service: 'bedrock-runtime', region_name: hostname.split('.')[1] },
			method: operation.replace('-', '_'),
			body: { modelId: decodeURIComponent(model), ...body },
			headers: {}
		};
	}
	const path = api === 'responses' ? '/responses' : '/chat/completions';
	const headers = Object.entries(request.headers).filter(([name]) => name !== 'Content-Type');
	return {
		client: { base_url: request.url.slice(0, -path.length), api_key: secret },
		method: api === 'responses' ? 'responses.create' : 'chat.completions.create',
		body,
		headers: Object.fromEntries(headers)
	};
}

describe.skipIf(!hasPython)('the Python snippet without a library', () => {
	const cases = [
		// Its value is all that a library needs.
		...newRawCases().filter(({ id }) => id !== 'other spaces'),
		...newAnswerCases().map((one): Case => {
			const request = { ...one.request, url: `${one.request.url}?a=1` };
			return { ...one, request };
		})
	];
	const indexes = cases.map(({ id }, index) => [id, index] as const);
	let loopback: Loopback;
	let ends: End[];

	beforeAll(async () => {
		loopback = await startLoopback(cases);
		ends = await runAll(cases, loopback.requestOf, stubs);
	}, 60_000);
	afterAll(() => loopback.close());

	it.each(indexes)('sends %s as it is', (_, index) => {
		const wanted = loopback.requestOf(index);
		expect(requestFrom(loopback.arrivals.get(index), wanted)).toEqual(sentForm(wanted));
		expect(endAt(ends, index).calls).toEqual([]);
	});

	it.each(indexes)('shows the answer to %s', (_, index) => {
		const one = caseAt(cases, index);
		const { status, bytes } = answerFor(one);
		const { out, thrown } = endAt(ends, index);
		if (status === 200)
			expect({ out, thrown }).toEqual({ out: bytes.toString(), thrown: undefined });
		else expect({ out, thrown }).toEqual({ out: '', thrown: `429 {"message":"${failureWords}"}` });
	});
});

describe('the text of the Python snippet', () => {
	it('holds no key', () => {
		const cases = [...readFixtures(), ...newNastyCases(), ...newOddCases(), ...newRawCases()];
		for (const { request, api } of cases) {
			expect(python.render(request, api).code).not.toContain(secret);
		}
	});

	it('names the Region, and the address where it is not the usual one', () => {
		const request = requestWith('converse', 'Hi', false);
		const hosts = {
			'bedrock-runtime.ap-south-1.amazonaws.com': '("bedrock-runtime", region_name="ap-south-1")',
			'bedrock-runtime-fips.us-east-2.amazonaws.com': `(
    "bedrock-runtime",
    region_name="us-east-2",
    endpoint_url="https://bedrock-runtime-fips.us-east-2.amazonaws.com",
)`,
			'gateway.test:8443/some/path': `(
    "bedrock-runtime",
    region_name="us-east-1",
    endpoint_url="https://gateway.test:8443/some/path",
)`
		};
		for (const [host, client] of Object.entries(hosts)) {
			const url = request.url.replace(new URL(request.url).host, host);
			const { code } = python.render({ ...request, url }, 'converse');
			expect(code).toContain(`client = boto3.client${client}\n`);
		}
	});

	it('has one argument a line, and breaks what is longer', () => {
		const request = requestWith('converse', 'x'.repeat(60), true, {
			system: [{ text: 'Say "好"' }],
			inferenceConfig: { temperature: 0.2, maxTokens: 2048 }
		});
		expect(python.render(request, 'converse').code).toContain(`
    messages=[
        {
            "role": "user",
            "content": [
                {
                    "text": "${'x'.repeat(60)}",
                },
            ],
        },
    ],
    system=[{"text": "Say \\"好\\""}],
    inferenceConfig={"temperature": 0.2, "maxTokens": 2048},
)
`);
	});
});
