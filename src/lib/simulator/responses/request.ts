import type { Prompt } from '../answers/completion.ts';
import type { Turn } from '../answers/conversation.ts';
import { newTurn } from '../answers/conversation.ts';
import type { ServerTool } from '../answers/served.ts';
import type { Call } from '../call.ts';
import type { JsonObject } from '../json.ts';
import { numberOf, objectOf, objectsOf, parseJson, stringOf } from '../json.ts';
import { readModelId } from '../models/families.ts';
import { readFormat, readOpenAiMessage, readToolChoice } from '../openai/request.ts';
import type { Random } from '../random.ts';
import { BASE32 } from '../random.ts';

const prefixes: Readonly<Record<string, string>> = {
	message: 'msg',
	function_call: 'fc',
	function_call_output: 'fco',
	mcp_approval_response: 'mcprr'
};

/** The items of an `input`, each with a type and an id, as the service keeps and lists them. */
export function readItems(input: unknown, random: Random): JsonObject[] {
	const items = typeof input === 'string' ? [{ role: 'user', content: input }] : objectsOf(input);
	return items.map((item: JsonObject) => {
		const type = stringOf(item['type'] ?? 'message');
		const prefix = prefixes[type] ?? 'item';
		const id = item['id'] ?? `${prefix}_${random.text(BASE32, 24)}`;
		if (type !== 'message') return { ...item, id };
		const { content, role } = item;
		const part = { type: role === 'assistant' ? 'output_text' : 'input_text', text: content };
		return {
			status: 'completed',
			...item,
			id,
			type,
			content: typeof content === 'string' ? [part] : content
		};
	});
}

/** The turns that items say. */
export function readTurns(items: readonly JsonObject[]): Turn[] {
	return items.flatMap((item) => {
		if (item['type'] === 'function_call_output') {
			const { output } = item;
			const result = typeof output === 'string' ? output : JSON.stringify(output ?? null);
			return [{ ...newTurn('tool', ''), results: [result] }];
		}
		// So that the results of one step are told from those of the next.
		if (item['type'] === 'function_call') return [newTurn('assistant', '')];
		return typeof item['role'] === 'string' ? [readOpenAiMessage(item)] : [];
	});
}

/** A Responses body as a prompt that goes on from the turns before. */
export function readResponses(
	model: string,
	body: JsonObject,
	before: readonly Turn[],
	turns: readonly Turn[],
	/** All items there are, those of responses before this one too. */
	items: readonly JsonObject[],
	{ place, region }: Call
): Prompt {
	const instructions = stringOf(body['instructions']);
	const decisions = readDecisions(items);
	const schema = readFormat(objectOf(objectOf(body['text'])['format']));
	const builtIn = place !== 'runtime' && model.startsWith('openai.gpt-oss') ? BUILT_IN : [];
	return {
		turns: [...(instructions === '' ? [] : [newTurn('system', instructions)]), ...before, ...turns],
		tools: objectsOf(body['tools'])
			.filter((tool) => tool['type'] === 'function')
			.map((tool) => ({ name: stringOf(tool['name']), schema: tool['parameters'] })),
		serverTools: [
			...objectsOf(body['tools']).flatMap((tool) => readServerTool(tool, decisions)),
			...builtIn
		],
		choice: readToolChoice(body['tool_choice']),
		thinks: isThinking(model, objectOf(body['reasoning'])),
		maxTokens: numberOf(body['max_output_tokens']),
		stops: [],
		...(schema !== undefined && { schema }),
		guarded: false,
		region
	};
}

// Mantle gives these to gpt-oss, whether or not a request asks for tools.
const BUILT_IN: readonly ServerTool[] = ['notes', 'tasks'].map((label) => ({
	kind: 'mcp',
	name: `${label}.create`,
	label,
	builtIn: true
}));

/** What a person has decided since the last message: calls that were asked for, and whether they may be made. */
interface Decision {
	request: JsonObject;
	approve: boolean;
}

function readDecisions(items: readonly JsonObject[]): Decision[] {
	const last = items.findLastIndex(({ role }) => role === 'user');
	return items.slice(last + 1).flatMap((item) => {
		if (item['type'] !== 'mcp_approval_response') return [];
		const request = items.find(
			({ id, type }) => type === 'mcp_approval_request' && id === item['approval_request_id']
		);
		return request === undefined ? [] : [{ request, approve: item['approve'] === true }];
	});
}

function readServerTool(tool: JsonObject, decisions: readonly Decision[]): ServerTool[] {
	const type = stringOf(tool['type']);
	if (type.startsWith('web_search')) return [{ kind: 'web-search', name: 'web_search' }];
	if (type !== 'mcp') return [];
	const label = stringOf(tool['server_label']);
	const decided = decisions.filter(({ request }) => request['server_label'] === label);
	// What was decided is not asked again; what was denied is not called.
	if (decided.length > 0)
		return decided.flatMap(({ request, approve }) => (approve ? [readAllowed(request)] : []));
	const approval = tool['require_approval'] !== 'never';
	return [{ kind: 'mcp', name: `${label}_run`, label, approval }];
}

function readAllowed(request: JsonObject): ServerTool {
	const input = parseJson(stringOf(request['arguments']));
	return {
		kind: 'mcp',
		name: stringOf(request['name']),
		label: stringOf(request['server_label']),
		always: true,
		allowed: {
			request: stringOf(request['id']),
			input: objectOf(input) as Record<string, string>
		}
	};
}

function isThinking(model: string, reasoning: JsonObject): boolean {
	const thinks = readModelId(model).family?.thinks ?? 'never';
	if (reasoning['effort'] === 'none' || thinks === 'never') return false;
	return thinks !== 'asked' || reasoning['effort'] !== undefined;
}
