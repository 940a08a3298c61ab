import { isJsonObject } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import type { Snippet } from './client.ts';
import { quoteDouble, writeLiteral } from './literal.ts';
import type { Dialect } from './literal.ts';
import { pythonDialect, readCall, setKey, writeCall } from './python-call.ts';
import type { Call } from './python-call.ts';

/** @see https://docs.aws.amazon.com/boto3/latest/reference/services/bedrock-runtime/client/converse.html */
const known = new Set([
	'messages',
	'system',
	'inferenceConfig',
	'toolConfig',
	'guardrailConfig',
	'additionalModelRequestFields',
	'promptVariables',
	'additionalModelResponseFieldPaths',
	'requestMetadata',
	'performanceConfig',
	'serviceTier',
	'outputConfig'
]);

// boto3 takes bytes here and writes them as base64 itself.
const blob =
	/^(system|messages\/content)(\/toolResult\/content)?(\/guardContent)?\/(image|document|video|audio)\/source\/bytes$|^messages\/content\/reasoningContent\/redactedContent$/;

/** Python with boto3; undefined for a request that boto3 would not send as it is. */
export function renderBoto3(request: HttpRequest): Snippet | undefined {
	const call = readCall(request);
	const place = call && readPlace(call.url);
	if (call === undefined || place === undefined || !isKnown(call)) return undefined;
	const entries = Object.entries(call.body);
	const blobs = entries.flatMap(([key, value]) => findBlobs(value, key));
	if (!blobs.every(isBase64)) return undefined;
	const { operation, model } = place;
	const isStream = operation === 'converse-stream';
	const callee = `response = client.${isStream ? 'converse_stream' : 'converse'}`;
	const code = [
		...(blobs.length > 0 ? ['import base64', ''] : []),
		'import boto3',
		'',
		setKey,
		'# boto3 reads it by itself',
		writeClient(place),
		'',
		writeCall(callee, [['modelId', model], ...entries], blobDialect),
		'',
		isStream ? printStream : printAnswer,
		''
	];
	return { code: code.join('\n'), language: 'python', install: 'pip install -U boto3' };
}

const blobDialect: Dialect = {
	...pythonDialect,
	text: (text, path) =>
		blob.test(path) ? `base64.b64decode(${quoteDouble(text)})` : quoteDouble(text)
};

const printAnswer = `message = response["output"]["message"]
text = "".join(block["text"] for block in message["content"] if "text" in block)
print(text or message)`;

const printStream = `for event in response["stream"]:
    delta = event.get("contentBlockDelta", {}).get("delta", {})
    if "text" in delta:
        print(delta["text"], end="", flush=True)
print()`;

interface Place {
	model: string;
	operation: string;
	region: string;
	/** Absent where boto3 finds the address by the Region. */
	endpoint?: string;
}

function readPlace({ origin, hostname, pathname }: URL): Place | undefined {
	const [, base, model, operation] =
		/^(.*?)\/model\/(.+)\/(converse|converse-stream)$/.exec(pathname) ?? [];
	if (base === undefined || model === undefined || operation === undefined) return undefined;
	const region = /^bedrock-runtime(?:-fips)?\.([a-z0-9-]+)\./.exec(hostname)?.[1];
	const endpoint = origin + base;
	const isUsual = endpoint === `https://bedrock-runtime.${region ?? ''}.amazonaws.com`;
	try {
		return {
			model: decodeURIComponent(model),
			operation,
			region: region ?? 'us-east-1',
			...(!isUsual && { endpoint })
		};
	} catch {
		return undefined;
	}
}

function writeClient({ region, endpoint }: Place): string {
	const callee = 'client = boto3.client';
	if (endpoint === undefined) return `${callee}("bedrock-runtime", region_name="${region}")`;
	const args = [
		'"bedrock-runtime"',
		`region_name="${region}"`,
		writeLiteral(endpoint, pythonDialect, { prefix: 'endpoint_url=' })
	];
	return `${callee}(\n${args.map((arg) => `    ${arg},\n`).join('')})`;
}

function isKnown({ body, headers }: Call): boolean {
	const entries = Object.entries(body);
	return headers.length === 0 && entries.every(([key, value]) => known.has(key) && value !== null);
}

function findBlobs(value: Json, path: string): string[] {
	if (typeof value === 'string') return blob.test(path) ? [value] : [];
	if (Array.isArray(value)) return value.flatMap((item) => findBlobs(item, path));
	if (!isJsonObject(value)) return [];
	return Object.entries(value).flatMap(([key, item]) => findBlobs(item, `${path}/${key}`));
}

/** Whether decoding and encoding give the same text again. */
function isBase64(text: string): boolean {
	try {
		return btoa(atob(text)) === text;
	} catch {
		return false;
	}
}
