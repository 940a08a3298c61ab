import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { fitConverse } from './converse-shape.ts';
import { mutantsOf, wholeBodies } from './test-hostile.ts';
import { succeeds } from './test-python.ts';

const bodies = distinct([...wholeBodies, ...wholeBodies.flatMap((body) => [...mutantsOf(body)])]);
const fits = (body: JsonObject): boolean => fitConverse(body, 'converse') !== undefined;
const fitting = bodies.filter(fits);

/** Where the bytes of a block stand. */
const blob = /(image|document|video|audio)\/source\/bytes$|reasoningContent\/redactedContent$/;
const nullDocument = /"(input|json|additionalModelRequestFields)":null/;
const trueNumber = /"(documentIndex|start|end|maxTokens|temperature|topP)":true/;
const compilerOptions = {
	strict: true,
	noEmit: true,
	skipLibCheck: true,
	exactOptionalPropertyTypes: true,
	types: ['node'],
	target: 'es2022',
	module: 'esnext',
	moduleResolution: 'bundler'
};
const isInDocument = /(^|\/)(input|json|additionalModelRequestFields)(\/|$)/;

describe('the shape of Converse on hostile bodies', () => {
	it('takes what is whole, and refuses most of what has one thing wrong', () => {
		expect(fitting).toEqual(expect.arrayContaining([...wholeBodies]));
		expect(bodies.length).toBeGreaterThan(1000);
		expect(fitting.length).toBeGreaterThan(wholeBodies.length);
		expect(fitting.length).toBeLessThan(bodies.length / 5);
	});

	it('finds the blobs and nothing else', () => {
		const found = wholeBodies.flatMap((body) => [...(fitConverse(body, 'converse') ?? [])]);
		expect(found).toEqual([
			'messages/content/image/source/bytes',
			'messages/content/reasoningContent/redactedContent',
			'messages/content/toolResult/content/image/source/bytes'
		]);
	});

	it.each<[string, JsonObject]>([
		['a list for an object', { inferenceConfig: [] }],
		['a number as text', { inferenceConfig: { maxTokens: '10' } }],
		['a fraction', { inferenceConfig: { maxTokens: 1.5 } }],
		['a system prompt as text', { system: 'x' }],
		['a blank system prompt', { system: [{ text: '' }] }],
		['two keys in a block', { messages: [{ role: 'user', content: [{ text: 'a', image: {} }] }] }],
		['an unknown block', { messages: [{ role: 'user', content: [{ thing: 'a' }] }] }],
		['a message without a role', { messages: [{ content: [{ text: 'a' }] }] }],
		[
			'base64 of another alphabet',
			{
				messages: [
					{ role: 'user', content: [{ image: { format: 'png', source: { bytes: '_-8=' } } }] }
				]
			}
		],
		['a field of the stream alone', { guardrailConfig: { streamProcessingMode: 'sync' } }],
		['a name of the prototype', { constructor: {} }],
		['__proto__', JSON.parse('{"__proto__":{}}') as JsonObject],
		['the model in the body', { modelId: 'x' }]
	])('refuses %s', (_, body) => {
		expect(fitConverse({ messages: [], ...body }, 'converse')).toBeUndefined();
	});

	it('takes the fields of a stream for a stream', () => {
		const body = { messages: [], guardrailConfig: { streamProcessingMode: 'sync' } };
		expect(fitConverse(body, 'converse-stream')).toBeDefined();
	});

	it('takes no body that the AWS SDK’s serializer would send otherwise', async () => {
		for (const body of fitting) expect(await sentBySdk(body)).toEqual(body);
	}, 60_000);

	it('agrees with the AWS SDK’s types', () => {
		const byTypes = judgeByTypes(bodies);
		const takenByTypes = bodies.filter((_, index) => byTypes[index]);
		expect(fitting.filter((body) => !takenByTypes.includes(body))).toEqual([]);
		// Beyond types: what may be empty, negative or a fraction, and a document that is null.
		const beyond = takenByTypes.filter(
			(body) =>
				!fits(body) && !holdsEmptyOrOdd(body, '') && !nullDocument.test(JSON.stringify(body))
		);
		expect(beyond).toEqual([]);
	}, 120_000);
});

describe.skipIf(!succeeds('import botocore'))(
	'the shape of Converse beside botocore’s validator',
	() => {
		let taken: JsonObject[];
		beforeAll(() => {
			const byBotocore = judgeByBotocore(bodies);
			taken = bodies.filter((_, index) => byBotocore[index]);
		}, 60_000);

		it('takes nothing that botocore refuses', () => {
			expect(fitting.filter((body) => !taken.includes(body))).toEqual([]);
		});

		it('refuses nothing that botocore takes, but for what is empty, null or true for a number', () => {
			const stricter = taken.filter((body) => {
				const text = JSON.stringify(body);
				const isStrict = nullDocument.test(text) || trueNumber.test(text);
				return !fits(body) && !holdsEmptyOrOdd(body, '') && !isStrict;
			});
			expect(stricter).toEqual([]);
		});
	}
);

/** The objects among `values`, each once. */
function distinct(values: readonly Json[]): JsonObject[] {
	const objects = values.filter(isJsonObject);
	return [...new Map(objects.map((body) => [JSON.stringify(body), body])).values()];
}

/** The body that the SDK makes of a call, before the network. */
async function sentBySdk(body: JsonObject): Promise<unknown> {
	let sent = '';
	const client = new BedrockRuntimeClient({
		region: 'us-east-1',
		credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
		requestHandler: {
			handle: (request: { body: Uint8Array | string }) => {
				sent =
					typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body);
				return Promise.reject(new Error('far enough'));
			}
		},
		maxAttempts: 1
	});
	const input = withBytes(body, '') as unknown as ConverseCommandInput;
	await client.send(new ConverseCommand({ ...input, modelId: 'x' })).catch((error: unknown) => {
		if (!String(error).includes('far enough')) throw error;
	});
	return JSON.parse(sent) as unknown;
}

function withBytes(value: Json, path: string): unknown {
	if (typeof value === 'string') return isBlob(path) ? Buffer.from(value, 'base64') : value;
	if (Array.isArray(value)) return value.map((item) => withBytes(item, path));
	if (!isJsonObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, item]) => [key, withBytes(item, `${path}/${key}`)])
	);
}

function isBlob(path: string): boolean {
	return blob.test(path) && !isInDocument.test(path);
}

/** Whether each body is a `ConverseCommandInput` to the TypeScript compiler. */
function judgeByTypes(all: readonly JsonObject[]): boolean[] {
	const lines = all.map(
		(body, index) => `const m${String(index)}: Body = ${typed(body, '')}; void m${String(index)};`
	);
	const code = [
		`import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime'; type Body = Omit<ConverseCommandInput, 'modelId'>; const bytes = new Uint8Array();`,
		...lines
	].join('\n');
	const wrong = findWrongLines(code);
	expect(wrong.has(0)).toBe(false);
	return all.map((_, index) => !wrong.has(index + 1));
}

/** The lines of a module, from 0, in which the compiler finds an error. */
function findWrongLines(code: string): Set<number> {
	// Inside the project, where the SDK is found.
	const results = fileURLToPath(new URL('../../../test-results/', import.meta.url));
	mkdirSync(results, { recursive: true });
	const directory = mkdtempSync(join(results, 'hostile-'));
	writeFileSync(join(directory, 'hostile.ts'), code);
	writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
	const compiler = join(
		dirname(createRequire(import.meta.url).resolve('@typescript/native/package.json')),
		'bin/tsc'
	);
	const args = [compiler, '--project', directory, '--pretty', 'false'];
	const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
	rmSync(directory, { recursive: true });
	const found = stdout.matchAll(/hostile\.ts\((\d+),\d+\): error/g);
	const wrong = new Set([...found].map(([, line]) => Number(line) - 1));
	// Anything else that it says is no judgement of a body.
	if (wrong.size === 0) throw new Error(stdout + stderr);
	return wrong;
}

/** A literal of TypeScript on one line, with bytes where a string stands for them. */
function typed(value: Json, path: string): string {
	if (typeof value === 'string' && isBlob(path)) return 'bytes';
	if (Array.isArray(value)) return `[${value.map((item) => typed(item, path)).join(', ')}]`;
	if (!isJsonObject(value)) return JSON.stringify(value);
	const entries = Object.entries(value).map(
		([key, item]) => `${JSON.stringify(key)}: ${typed(item, `${path}/${key}`)}`
	);
	return `{ ${entries.join(', ')} }`;
}

/** Whether the body holds, outside of documents, what is empty, negative or a fraction. */
function holdsEmptyOrOdd(value: Json, path: string): boolean {
	if (isInDocument.test(path)) return false;
	if (value === '' || (typeof value === 'number' && (value < 0 || value % 1 !== 0)))
		return value === '' || !/temperature|topP/.test(path) || value < 0;
	if (typeof value !== 'object' || value === null) return false;
	const entries = Object.entries(value);
	return (
		entries.length === 0 ||
		entries.some(([key, item]) =>
			holdsEmptyOrOdd(item, Array.isArray(value) ? path : `${path}/${key}`)
		)
	);
}

const validator = `import json, re, sys
import botocore.session
from botocore.validate import ParamValidator

model = botocore.session.get_session().get_service_model("bedrock-runtime")
shape = model.operation_model("Converse").input_shape
blob = re.compile(${JSON.stringify(blob.source)})

def bytes_of(value, path):
    if isinstance(value, str) and blob.search(path) and not re.search(r"(^|/)(input|json|additionalModelRequestFields)(/|$)", path):
        return b"x"
    if isinstance(value, list):
        return [bytes_of(item, path) for item in value]
    if isinstance(value, dict):
        return {key: bytes_of(item, f"{path}/{key}") for key, item in value.items()}
    return value

def takes(body):
    report = ParamValidator().validate({"modelId": "x", **bytes_of(body, "")}, shape)
    return not report.has_errors()

print(json.dumps([takes(body) for body in json.load(sys.stdin)]))
`;

/** Whether botocore takes each body, with bytes where a string stands for them. */
function judgeByBotocore(all: readonly JsonObject[]): boolean[] {
	const { stdout, stderr } = spawnSync('python3', ['-c', validator], {
		input: JSON.stringify(all),
		encoding: 'utf8'
	});
	if (stdout === '') throw new Error(stderr);
	return JSON.parse(stdout) as boolean[];
}
