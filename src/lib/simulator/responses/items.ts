import type { Completion } from '../answers/completion.ts';
import type { ServerCall, ServerTool } from '../answers/served.ts';
import { FOUND } from '../answers/served.ts';
import type { ToolCall } from '../answers/tools.ts';
import type { JsonObject } from '../json.ts';
import { objectOf, stringsOf } from '../json.ts';
import { readModelId } from '../models/families.ts';
import { annotate } from '../openai/annotations.ts';
import type { Random } from '../random.ts';
import { BASE32, BASE62 } from '../random.ts';

/** One item of a response's `output`, finished and as it is streamed. */
export interface Item {
	value: JsonObject;
	/** The item as `response.output_item.added` shows it. */
	started: JsonObject;
	events: readonly ItemEvent[];
}

/** What is streamed of an item between its beginning and its end. */
export interface ItemEvent {
	/** Without `response.` before it. */
	type: string;
	/** Without the place of the item. */
	data: object;
	/** Whether the model takes its time for it. */
	paced?: boolean;
}

/** How a thought is told: as text; as a summary, or sealed only, where the model hides it. */
type Telling = 'text' | 'summary' | 'sealed';

/** The items of an answer: the thought, the service's own calls, the message, the calls. */
export function buildItems(
	completion: Completion,
	request: JsonObject,
	model: string,
	random: Random
): Item[] {
	const { reasoning, served, text, calls, stop } = completion;
	const waiting = served.some(({ output }) => output === undefined);
	const silent = text.length === 0 && (calls.length > 0 || stop !== 'end' || waiting);
	return [
		...(reasoning.length > 0 ? [buildReasoning(reasoning, request, model, random)] : []),
		...served.map((call) => buildServed(call, request)),
		...(silent ? [] : [buildMessage(completion, random)]),
		...calls.map((call) => buildCall(call, random))
	];
}

/** The tools that an MCP server says it has. */
export function buildToolList({ label = '', name }: ServerTool, random: Random): Item {
	const tool = {
		name,
		description: 'Takes a text.',
		input_schema: { type: 'object', properties: { text: { type: 'string' } } },
		annotations: null
	};
	const id = `mcpl_${random.text(BASE32, 24)}`;
	const value = { id, type: 'mcp_list_tools', server_label: label, tools: [tool] };
	return {
		value,
		started: { ...value, tools: [] },
		events: [
			{ type: 'mcp_list_tools.in_progress', data: {} },
			{ type: 'mcp_list_tools.completed', data: {}, paced: true }
		]
	};
}

function buildCall({ id, name, input }: ToolCall, random: Random): Item {
	const value = {
		id: `fc_${random.text(BASE32, 24)}`,
		type: 'function_call',
		status: 'completed',
		arguments: input,
		call_id: `call_${id}`,
		name
	};
	return {
		value,
		started: { ...value, status: 'in_progress', arguments: '' },
		events: [
			...(input.match(/.{1,6}/gsu) ?? []).map((delta) => ({
				type: 'function_call_arguments.delta',
				data: { delta },
				paced: true
			})),
			{ type: 'function_call_arguments.done', data: { arguments: input } }
		]
	};
}

function buildServed(call: ServerCall, request: JsonObject): Item {
	if (call.tool.kind === 'web-search') return buildSearch(call, request);
	const { tool, id, input, output } = call;
	const args = JSON.stringify(input);
	const told = { server_label: tool.label ?? '', name: tool.name, arguments: args };
	if (output === undefined) {
		const value = { id: `mcpr_${id}`, type: 'mcp_approval_request', ...told };
		return { value, started: value, events: [] };
	}
	const value = {
		id: `mcp_${id}`,
		type: 'mcp_call',
		status: 'completed',
		approval_request_id: tool.allowed?.request ?? null,
		...told,
		error: null,
		output: JSON.stringify(output)
	};
	return {
		value,
		started: { ...value, status: 'in_progress', arguments: '', output: null },
		events: [
			{ type: 'mcp_call.in_progress', data: {} },
			{ type: 'mcp_call_arguments.delta', data: { delta: args }, paced: true },
			{ type: 'mcp_call_arguments.done', data: { arguments: args } },
			{ type: 'mcp_call.completed', data: {}, paced: true }
		]
	};
}

function buildSearch({ id, input }: ServerCall, request: JsonObject): Item {
	const query = input['query'] ?? '';
	const told = stringsOf(request['include']).includes('web_search_call.action.sources');
	const sources = told ? { sources: [{ type: 'url', url: FOUND.url }] } : {};
	const value = {
		id: `ws_${id}`,
		type: 'web_search_call',
		status: 'completed',
		action: { type: 'search', query, queries: [query], ...sources }
	};
	return {
		value,
		started: { ...value, status: 'in_progress' },
		events: [
			{ type: 'web_search_call.in_progress', data: {} },
			{ type: 'web_search_call.searching', data: {}, paced: true },
			{ type: 'web_search_call.completed', data: {}, paced: true }
		]
	};
}

/** How this request is told the thoughts of this model. */
function tellingOf(model: string, request: JsonObject): Telling {
	if (readModelId(model).family?.thinks !== 'hidden') return 'text';
	return objectOf(request['reasoning'])['summary'] === undefined ? 'sealed' : 'summary';
}

function buildReasoning(
	deltas: readonly string[],
	request: JsonObject,
	model: string,
	random: Random
): Item {
	const telling = tellingOf(model, request);
	const text = deltas.join('');
	const included = stringsOf(request['include']).includes('reasoning.encrypted_content');
	const sealed = included || (telling !== 'text' && model.includes('xai.'));
	const told = telling === 'text';
	const value = {
		id: `rs_${random.text(BASE32, 24)}`,
		type: 'reasoning',
		summary: telling === 'summary' ? [{ type: 'summary_text', text }] : [],
		...(told && { content: [{ type: 'reasoning_text', text }] }),
		...(sealed && { encrypted_content: random.text(BASE62, 120) }),
		status: 'completed'
	};
	const started = { ...value, status: 'in_progress', summary: [], ...(told && { content: [] }) };
	// Gemma 4 was seen to name these events in its own way.
	const plain = model.includes('google.gemma-4') ? 'reasoning' : 'reasoning_text';
	const part = told
		? { name: 'content_part', deltas: plain, index: 'content_index', type: 'reasoning_text' }
		: {
				name: 'reasoning_summary_part',
				deltas: 'reasoning_summary_text',
				index: 'summary_index',
				type: 'summary_text'
			};
	return { value, started, events: telling === 'sealed' ? [] : tell(part, { text }, deltas) };
}

function buildMessage({ text, refused, stop, citations }: Completion, random: Random): Item {
	const whole = text.join('');
	const annotations = citations.flatMap(annotate);
	const said = refused ? { refusal: whole } : { text: whole, annotations, logprobs: [] };
	const type = refused ? 'refusal' : 'output_text';
	const value = {
		id: `msg_${random.text(BASE32, 24)}`,
		type: 'message',
		role: 'assistant',
		status: stop === 'length' || stop === 'content-filter' ? 'incomplete' : 'completed',
		content: whole === '' ? [] : [{ type, ...said }]
	};
	const part = { name: 'content_part', deltas: type, index: 'content_index', type };
	return {
		value,
		started: { ...value, status: 'in_progress', content: [] },
		events: whole === '' ? [] : tell(part, said, text, annotations)
	};
}

// The events of a part of text: it begins, its deltas, its annotations, it ends.
function tell(
	part: { name: string; deltas: string; index: string; type: string },
	whole: JsonObject,
	deltas: readonly string[],
	annotations: readonly JsonObject[] = []
): ItemEvent[] {
	const where = { [part.index]: 0 };
	const rest = part.type === 'output_text' ? { logprobs: [] } : {};
	const empty = Object.fromEntries(
		Object.entries(whole).map(([name, value]) => [name, typeof value === 'string' ? '' : []])
	);
	const [field = 'text'] = Object.keys(whole);
	return [
		{ type: `${part.name}.added`, data: { ...where, part: { type: part.type, ...empty } } },
		...deltas.map((delta) => ({
			type: `${part.deltas}.delta`,
			data: { ...where, delta, ...rest },
			paced: true
		})),
		...annotations.map((annotation, annotation_index) => ({
			type: 'output_text.annotation.added',
			data: { ...where, annotation_index, annotation }
		})),
		{ type: `${part.deltas}.done`, data: { ...where, [field]: whole[field], ...rest } },
		{ type: `${part.name}.done`, data: { ...where, part: { type: part.type, ...whole } } }
	];
}
