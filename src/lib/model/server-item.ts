import type { Citation } from './citations.ts';
import type { Part } from './draft.ts';
import { stringifyJson } from './json-text.ts';
import { getOwn, isJsonObject } from './json.ts';
import type { Json } from './json.ts';

/** What a service's own tool did, in words that the page has a place for. What it has none for stays in the part. */
export interface ServerItem {
	kind:
		| 'search'
		| 'page'
		| 'files'
		| 'code'
		| 'call'
		| 'list'
		| 'approval'
		| 'decision'
		| 'custom'
		| 'result';
	/** Name of the tool. */
	name?: string;
	/** Label of the server that has it. */
	server?: string;
	/** As the service writes it: `completed`, `failed`. */
	status?: string;
	id?: string;
	queries: string[];
	sources: Citation[];
	/** Names of tools that a server has. */
	tools: string[];
	code?: string;
	/** JSON text of a call's arguments. */
	input?: string;
	output?: string;
	error?: string;
}

/** Reads a part that was kept whole; undefined where it is nothing of a service's own tools. */
export function readServerItem(part: Part): ServerItem | undefined {
	if (part.type !== 'opaque') return undefined;
	const { value } = part;
	const result = getOwn(value, 'toolResult');
	if (part.api === 'converse' && result !== undefined) return readResult(result);
	const read = part.api === 'responses' ? readers.get(stringIn(value, 'type') ?? '') : undefined;
	if (read === undefined) return undefined;
	const id = stringIn(value, 'id');
	const status = stringIn(value, 'status');
	const { kind, ...rest } = read(value);
	return {
		...{ kind, queries: [], sources: [], tools: [] },
		...(id !== undefined && { id }),
		...(status !== undefined && { status }),
		...rest
	};
}

type Read = (item: Json) => Partial<ServerItem> & Pick<ServerItem, 'kind'>;

/** The items of Responses, by their type. */
const readers = new Map<string, Read>(
	Object.entries<Read>({
		web_search_call: readSearch,
		file_search_call: (item) => ({
			kind: 'files',
			queries: stringsIn(item, 'queries'),
			sources: listIn(item, 'results').map((found) => newSource(stringIn(found, 'filename'), found))
		}),
		code_interpreter_call: (item) => ({
			kind: 'code',
			...pick('code', stringIn(item, 'code')),
			...pick('output', joinLogs(listIn(item, 'outputs')))
		}),
		mcp_call: (item) => ({ kind: 'call', ...readCall(item) }),
		mcp_approval_request: (item) => ({ kind: 'approval', ...readCall(item) }),
		mcp_approval_response: (item) => ({
			kind: 'decision',
			status: getOwn(item, 'approve') === true ? 'approved' : 'denied',
			...pick('id', stringIn(item, 'approval_request_id')),
			...pick('output', stringIn(item, 'reason'))
		}),
		mcp_list_tools: (item) => ({
			kind: 'list',
			...readCall(item),
			tools: listIn(item, 'tools').flatMap((tool) => stringIn(tool, 'name') ?? [])
		}),
		custom_tool_call: (item) => ({
			kind: 'custom',
			...pick('name', stringIn(item, 'name')),
			...pick('output', stringIn(item, 'input'))
		})
	})
);

function readSearch(item: Json): ReturnType<Read> {
	const action = getOwn(item, 'action');
	const url = stringIn(action, 'url');
	const query = stringIn(action, 'query') ?? stringIn(action, 'pattern');
	const queries = stringsIn(action, 'queries');
	return {
		kind: stringIn(action, 'type') === 'search' || url === undefined ? 'search' : 'page',
		queries: queries.length > 0 || query === undefined ? queries : [query],
		sources: [
			...(url === undefined ? [] : [{ url }]),
			...listIn(action, 'sources').map((found) => newSource(stringIn(found, 'title'), found))
		]
	};
}

function readCall(item: Json): Partial<ServerItem> {
	return {
		...pick('name', stringIn(item, 'name')),
		...pick('server', stringIn(item, 'server_label')),
		...pick('input', stringIn(item, 'arguments')),
		...pick('output', stringIn(item, 'output')),
		...pick('error', textIn(item, 'error'))
	};
}

/** What Converse gives for a call that it ran itself: blocks of text, or objects with results or the output of code. */
function readResult(result: unknown): ServerItem {
	const blocks = listIn(result, 'content');
	const values = blocks.flatMap((block) => (getOwn(block, 'json') as Json | undefined) ?? []);
	const found = values.flatMap((value) => listIn(value, 'results'));
	const others = values.filter((value) => listIn(value, 'results').length === 0);
	const texts = [
		...blocks.flatMap((block) => stringIn(block, 'text') ?? []),
		...others.map(sayOutput)
	];
	const errors = values.flatMap((value) => stringIn(value, 'stdErr') ?? []);
	return {
		kind: 'result',
		queries: [],
		tools: [],
		sources: found.map((one) => newSource(stringIn(one, 'title'), one)),
		...pick('id', stringIn(result, 'toolUseId')),
		...pick('status', stringIn(result, 'status')),
		...pick('output', texts.filter(Boolean).join('\n')),
		...pick('error', errors.join('\n'))
	};
}

function sayOutput(value: Json): string {
	return stringIn(value, 'stdOut') ?? stringifyJson(value, 2);
}

function joinLogs(outputs: readonly unknown[]): string {
	return outputs
		.flatMap((output) => stringIn(output, 'logs') ?? stringIn(output, 'url') ?? [])
		.join('\n');
}

function newSource(title: string | undefined, found: unknown): Citation {
	return {
		...pick('title', title),
		...pick('url', stringIn(found, 'url')),
		...pick('text', stringIn(found, 'text') ?? stringIn(found, 'snippet'))
	};
}

/** A field, where it says something. */
function pick<K extends string>(name: K, value: string | undefined): { [P in K]?: string } {
	return value === undefined || value === '' ? {} : ({ [name]: value } as { [P in K]?: string });
}

function stringIn(value: unknown, key: string): string | undefined {
	const found = getOwn(value, key);
	return typeof found === 'string' ? found : undefined;
}

/** A text, or an object as one. */
function textIn(value: unknown, key: string): string | undefined {
	const found = getOwn(value, key);
	return isJsonObject(found) ? stringifyJson(found) : stringIn(value, key);
}

function listIn(value: unknown, key: string): unknown[] {
	const found = getOwn(value, key);
	return Array.isArray(found) ? found : [];
}

function stringsIn(value: unknown, key: string): string[] {
	return listIn(value, key).filter((one) => typeof one === 'string');
}
