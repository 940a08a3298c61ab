import type { HttpRequest } from '../model/request.ts';
import type { Json } from '../model/json.ts';
import type { Snippet } from './client.ts';
import { fitConverse } from './converse-shape.ts';
import { namesIn } from './files.ts';
import type { SnippetFile } from './files.ts';
import { quoteDouble, writeLiteral } from './literal.ts';
import type { Dialect } from './literal.ts';
import { pythonDialect, readCall, sayKey, writeCall } from './python-call.ts';

/** Python with boto3; undefined for a request that boto3 would not send as it is. */
export function renderBoto3(
	request: HttpRequest,
	files: readonly SnippetFile[]
): Snippet | undefined {
	const call = readCall(request);
	const place = call && readPlace(call.url);
	if (call === undefined || place === undefined || call.headers.length > 0) return undefined;
	const { operation, model } = place;
	const blobs = fitConverse(call.body, operation);
	if (blobs === undefined) return undefined;
	const isStream = operation === 'converse-stream';
	const callee = `response = client.${isStream ? 'converse_stream' : 'converse'}`;
	const args: [string, Json][] = [['modelId', model], ...Object.entries(call.body)];
	const said = writeCall(callee, args, newBlobDialect(blobs, files));
	const names = namesIn(request.body, files);
	const code = [
		...(said.includes('base64.b64decode(') ? ['import base64', ''] : []),
		'import boto3',
		'',
		...(names.length > 0 ? [readFiles] : []),
		// boto3 looks for no other.
		sayKey('AWS_BEARER_TOKEN_BEDROCK'),
		'# boto3 reads it by itself',
		writeClient(place),
		'',
		said,
		'',
		isStream ? printStream : printAnswer,
		''
	];
	return {
		...{ code: code.join('\n'), language: 'python', files: names },
		install: 'pip install -U boto3'
	};
}

/** boto3 takes bytes at these paths and writes them as base64 itself. */
function newBlobDialect(blobs: ReadonlySet<string>, files: readonly SnippetFile[]): Dialect {
	return {
		...pythonDialect,
		text: (text, path) => {
			if (!blobs.has(path)) return quoteDouble(text);
			const file = files.find(({ base64 }) => base64 === text);
			return file === undefined
				? `base64.b64decode(${quoteDouble(text)})`
				: `bytes_of(${quoteDouble(file.name)})`;
		}
	};
}

const readFiles = `# The attached files are read from the folder that this is run in
def bytes_of(name):
    with open(name, "rb") as file:
        return file.read()

`;

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
	operation: 'converse' | 'converse-stream';
	region: string;
	/** Absent where boto3 finds the address by the Region. */
	endpoint?: string;
}

function readPlace({ origin, hostname, pathname }: URL): Place | undefined {
	const [, base, model, operation] =
		/^(.*?)\/model\/(.+)\/(converse|converse-stream)$/.exec(pathname) ?? [];
	if (base === undefined || model === undefined) return undefined;
	const region = /^bedrock-runtime(?:-fips)?\.([a-z0-9-]+)\./.exec(hostname)?.[1];
	const endpoint = origin + base;
	const isUsual = endpoint === `https://bedrock-runtime.${region ?? ''}.amazonaws.com`;
	try {
		return {
			model: decodeURIComponent(model),
			operation: operation === 'converse' ? operation : 'converse-stream',
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
