import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { stringifyBody } from '../model/request.ts';
import type { HttpRequest } from '../model/request.ts';
import { newSimulator } from '../simulator/simulator.ts';
import { chainInJavascript } from './chain-javascript.ts';
import { chainInPython } from './chain-python.ts';
import { readChain } from './chain.ts';
import type { ChainStep } from './chain.ts';
import { succeeds } from './test-python.ts';
import { removeFolder, run } from './test-run.ts';

/** A service on a port of its own, which can be started anew and keeps what arrives. */
async function serve() {
	let simulator = newSimulator({ speed: 0, requireKey: false });
	const arrivals: JsonObject[] = [];
	const server = createServer((incoming, outgoing) => {
		void (async () => {
			const body = await readText(incoming);
			const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
			const response = await simulator(`http://localhost${incoming.url ?? ''}`, init);
			arrivals.push({
				...(JSON.parse(body) as JsonObject),
				$from: incoming.headers['x-from'] ?? ''
			});
			outgoing.writeHead(response.status, { 'content-type': 'application/json' });
			outgoing.end(await response.text());
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
	return {
		base,
		arrivals,
		/** Forgets all responses, and gives other ids from then on. */
		restart: () => (simulator = newSimulator({ speed: 0, requireKey: false, seed: 7 })),
		close: () => server.close()
	};
}

let service: Awaited<ReturnType<typeof serve>>;
let folder: string;

beforeAll(async () => {
	service = await serve();
	folder = mkdtempSync(join(tmpdir(), 'chains-'));
	symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'));
	writeFileSync(join(folder, 'openai.py'), openaiByHttp);
});

afterAll(() => {
	service.close();
	removeFolder(folder);
});

interface Answer {
	id: string;
	output: { type: string; call_id?: string }[];
}

/** Sends bodies one after the other; `continues` puts in what an answer before gives. */
async function chainOf(
	bodies: ((before: Answer[]) => JsonObject)[],
	headers: HttpRequest['headers'] = {}
): Promise<ChainStep[]> {
	const answers: Answer[] = [];
	const steps: ChainStep[] = [];
	for (const newBody of bodies) {
		const body = stringifyBody({ model: 'openai.gpt-oss-120b', ...newBody(answers) });
		const request = {
			...{ method: 'POST' as const, url: `${service.base}/responses`, body },
			headers: { 'Content-Type': 'application/json', ...headers }
		};
		const response = await fetch(request.url, request);
		const answer = (await response.json()) as Answer;
		if (!response.ok) throw new Error(JSON.stringify(answer));
		answers.push(answer);
		const calls = answer.output.flatMap(({ call_id: id }) => (id === undefined ? [] : [id]));
		steps.push({ request, responseId: answer.id, calls });
	}
	return steps;
}

const tools: Json = [
	{
		...{ type: 'function', name: 'get_weather' },
		parameters: { type: 'object', properties: { city: { type: 'string' } } }
	}
];
const resultsOf = (answer: Answer | undefined): Json =>
	(answer?.output ?? []).flatMap(({ call_id: id }) =>
		id === undefined ? [] : [{ type: 'function_call_output', call_id: id, output: '21 °C' }]
	);

const hostile = [
	`"""'''\`\${process.exit(3)}\`\\\\" + response_1.id + "`,
	'line one\r\nline two\u2028three\u0000\u202efour',
	'# Turn 9\n*/ // <!-- -->',
	'{"__proto__": {"a": 1}}'
];

const chains: [string, () => Promise<ChainStep[]>][] = [
	[
		'two turns, the second of which needs the first',
		() =>
			chainOf([
				() => ({ input: 'My name is Alice and I like cats.' }),
				([first]) => ({
					input: [{ role: 'user', content: 'What is my name and what do I like?' }],
					previous_response_id: first?.id ?? ''
				})
			])
	],
	[
		'the results of tools, by the ids of the calls of that very answer',
		() =>
			chainOf([
				() => ({ input: 'Which is warmer right now, Lisbon or Kyoto?', tools }),
				([first]) => ({ input: resultsOf(first), previous_response_id: first?.id ?? '', tools })
			])
	],
	[
		'texts that mean something in a program',
		() =>
			chainOf(
				[
					() => ({ input: hostile[0] ?? '', instructions: hostile.join('\n') }),
					([first]) => ({
						input: hostile.map((content) => ({ role: 'user', content })),
						previous_response_id: first?.id ?? '',
						metadata: { "it's": hostile[1] ?? '', __proto__x: 'x' }
					}),
					() => ({ input: hostile[3] ?? '', store: false, stream: false })
				],
				{ 'X-From': 'it"s' }
			)
	]
];

/** A body as it goes out by a program: ids of another run are put in the place of those of the first. */
function formOf(bodies: readonly JsonObject[]): Json[] {
	const ids = new Map<string, string>();
	const walk = (value: Json, key: string): Json => {
		if (Array.isArray(value)) return value.map((item) => walk(item, key));
		if (isJsonObject(value))
			return Object.fromEntries(
				Object.entries(value).map(([name, item]) => [name, walk(item, name)])
			);
		if (typeof value !== 'string' || !/^(previous_response_id|call_id)$/.test(key)) return value;
		if (!ids.has(value)) ids.set(value, `id ${ids.size}`);
		return ids.get(value) ?? '';
	};
	return bodies.map(({ stream: _, ...body }) => walk(body, ''));
}

/** Runs a program against a service that has been started anew, and gives what arrived there. */
async function arrivalsOf(steps: ChainStep[], language: 'python' | 'javascript') {
	const program = readChain(steps);
	if (program === undefined) throw new Error('No program');
	service.restart();
	service.arrivals.splice(0);
	const [file, client, by] =
		language === 'python'
			? (['chain.py', chainInPython, 'python3'] as const)
			: (['chain.mjs', chainInJavascript, 'node'] as const);
	writeFileSync(join(folder, file), client(program).code);
	const ended = await run(by, [file], folder);
	expect(ended).toMatchObject({ code: 0, err: '' });
	return { arrived: service.arrivals.splice(0), out: ended.out };
}

// The package itself is not installed here: this sends what it would, with what every Python has.
const openaiByHttp = `import json, urllib.request
from types import SimpleNamespace

class Response(SimpleNamespace):
    @property
    def output_text(self):
        texts = [part.text for item in self.output if item.type == "message" for part in item.content]
        return "".join(texts)

class Responses:
    def __init__(self, base_url, api_key):
        self.base_url, self.api_key = base_url, api_key

    def create(self, extra_body=None, extra_headers=None, **body):
        request = urllib.request.Request(
            self.base_url + "/responses",
            json.dumps({**body, **(extra_body or {})}).encode(),
            {"Content-Type": "application/json", "Authorization": "Bearer " + self.api_key, **(extra_headers or {})},
        )
        with urllib.request.urlopen(request) as answer:
            value = json.load(answer, object_hook=lambda fields: SimpleNamespace(**fields))
        return Response(**vars(value))

class OpenAI:
    def __init__(self, base_url, api_key):
        self.responses = Responses(base_url, api_key)
`;

describe.each(['python', 'javascript'] as const)('a chain in %s', (language) => {
	const runs = language === 'javascript' || succeeds('pass');

	it.skipIf(!runs).each(chains)(
		'sends again %s',
		async (_, newChain) => {
			const steps = await newChain();
			const sent = service.arrivals.splice(0);
			const { arrived, out } = await arrivalsOf(steps, language);
			expect(formOf(arrived)).toEqual(formOf(sent));
			expect(out.trim()).not.toBe('');
		},
		60_000
	);
});

describe('a chain', () => {
	it('is not written where a request can’t be written as a call', () => {
		const url = 'https://bedrock-mantle.us-east-1.api.aws/v1/responses';
		const request = {
			method: 'POST' as const,
			url,
			headers: {},
			body: '{"input": 12345678901234567890}'
		};
		expect(readChain([{ request, calls: [] }])).toBeUndefined();
	});

	it('keeps the id of a response that none of its turns has made, and each address', () => {
		const [first, second] = ['/v1', '/openai/v1'].map((prefix): ChainStep => {
			const url = `https://bedrock-mantle.us-east-1.api.aws${prefix}/responses`;
			const body = '{"model": "m", "input": "x", "previous_response_id": "resp_foreign"}';
			return { request: { method: 'POST', url, headers: {}, body }, calls: [] };
		});
		const program = first && second && readChain([first, second]);
		const { code } = program ? chainInPython(program) : { code: '' };
		expect(code.match(/previous_response_id="resp_foreign"/g)).toHaveLength(2);
		expect(code).toContain('client_2 = OpenAI(');
		expect(code).toContain('response_2 = client_2.responses.create(');
	});
});
