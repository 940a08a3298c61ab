import type { Draft, Guardrail, Message, Part } from '../model/draft.ts';
import type { StreamEvent } from '../model/event.ts';
import { getOwn, isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { getHeader, stringifyBody } from '../model/request.ts';
import type { HttpRequest, Target } from '../model/request.ts';
import type { Api, Loss, Param } from './api.ts';
import {
	completeGuess,
	findExtraLosses,
	matchPath,
	newOpaqueMessage,
	newUsage,
	readBody,
	readParams,
	readTarget,
	sayOpaqueMessage,
	sayParams,
	sayWithExtra
} from './words.ts';

const params: readonly Param[] = [
	{
		name: 'temperature',
		path: ['temperature'],
		group: 'sampling',
		kind: 'number',
		min: 0,
		max: 2,
		initial: 0.7
	},
	{
		name: 'topP',
		path: ['top_p'],
		group: 'sampling',
		kind: 'number',
		min: 0,
		max: 1,
		initial: 0.9
	},
	{
		name: 'maxTokens',
		path: ['max_tokens'],
		group: 'length',
		kind: 'integer',
		min: 1,
		initial: 2048
	},
	{
		name: 'maxCompletionTokens',
		path: ['max_completion_tokens'],
		group: 'length',
		kind: 'integer',
		min: 1,
		initial: 2048
	},
	{ name: 'stopSequences', path: ['stop'], group: 'length', kind: 'strings', max: 4 },
	{
		name: 'includeUsage',
		path: ['stream_options', 'include_usage'],
		group: 'length',
		kind: 'flag'
	},
	{
		name: 'reasoningEffort',
		path: ['reasoning_effort'],
		group: 'reasoning',
		kind: 'choice',
		choices: ['none', 'low', 'medium', 'high'],
		initial: 'low'
	}
];

const guardrailHeaders = {
	id: 'X-Amzn-Bedrock-GuardrailIdentifier',
	version: 'X-Amzn-Bedrock-GuardrailVersion',
	trace: 'X-Amzn-Bedrock-Trace'
};

/** OpenAI's older API, on both endpoints and on gateways, streamed as server-sent events. */
export const chatCompletions: Api = {
	id: 'chat-completions',
	label: 'Chat Completions',
	docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html',
	params,
	system: 'System',
	chains: false,
	build,
	read,
	parseEvent,
	parseBody
};

function build(draft: Draft, target: Target): { request: HttpRequest; losses: Loss[] } {
	const losses: Loss[] = [];
	const { guardrail } = draft;
	// Mantle takes the headers and ignores them: a guardrail that does not guard is not sent.
	const guarded = target.endpoint === 'runtime' ? guardrail : undefined;
	if (draft.chain !== undefined) losses.push({ code: 'chain' });
	if (guarded !== guardrail) losses.push({ code: 'guardrail' });
	const body = sayDraft(draft, losses);
	losses.push(...findExtraLosses('chat-completions', draft, draft.messages, body));
	const request: HttpRequest = {
		method: 'POST',
		url: `${target.base}/chat/completions`,
		headers: { 'Content-Type': 'application/json', ...sayGuardrail(guarded) },
		body: stringifyBody(body)
	};
	return { request, losses };
}

function sayGuardrail(guardrail: Guardrail | undefined): Record<string, string> {
	if (guardrail === undefined) return {};
	const { id, version, trace } = guardrail;
	return {
		[guardrailHeaders.id]: id,
		[guardrailHeaders.version]: version,
		...(trace !== undefined && { [guardrailHeaders.trace]: sayTrace(trace) })
	};
}

/** `enabled` → `ENABLED`; what is not in lower case stands as it came from a header. */
function sayTrace(trace: string): string {
	return trace === trace.toLowerCase() ? trace.toUpperCase() : trace;
}

function sayDraft(draft: Draft, losses: Loss[]): JsonObject {
	const { model, system, stream } = draft;
	const all = system === undefined ? draft.messages : [system, ...draft.messages];
	const messages = all.flatMap((message) => sayMessage(message, losses));
	return sayWithExtra('chat-completions', draft, {
		...(model !== '' && { model }),
		...(messages.length > 0 && { messages }),
		...(stream !== undefined && { stream }),
		...sayParams(draft, params, losses)
	});
}

/** The one message, or none: what another API kept whole, or an answer of which nothing goes back. */
function sayMessage(message: Message, losses: Loss[]): Json[] {
	const whole = sayOpaqueMessage('chat-completions', message);
	if (whole !== undefined) return [whole];
	const content: Json[] = [];
	const calls: Json[] = [];
	let refusal: string | undefined;
	for (const part of message.parts) {
		if (part.type === 'tool-call') calls.push(sayCall(part));
		else if (part.type === 'refusal') refusal = (refusal ?? '') + part.text;
		else if (part.type === 'text') content.push(sayText(part));
		else if (part.type === 'opaque' && part.api === 'chat-completions') content.push(part.value);
		// Reasoning never goes back, and nobody misses it there.
		else if (part.type === 'opaque') losses.push({ code: 'part', type: part.type });
	}
	const beside = {
		...(refusal !== undefined && { refusal }),
		...(calls.length > 0 && { tool_calls: calls })
	};
	const empty = content.length === 0 && Object.keys(beside).length === 0;
	if (empty && message.parts.length > 0) return [];
	const words = {
		role: message.role,
		...((content.length > 0 || empty || message.as === 'list') && {
			content: sayContent(message, content)
		}),
		...beside
	};
	return [sayWithExtra('chat-completions', message, words)];
}

/** A string where it says all there is to say. */
function sayContent(message: Message, content: Json[]): Json {
	if (message.as === 'list') return content;
	const [only, ...others] = message.parts.filter(
		({ type }) => type === 'text' || type === 'opaque'
	);
	if (only === undefined) return '';
	const bare = only.type === 'text' && only.extra?.['chat-completions'] === undefined;
	return bare && others.length === 0 ? only.text : content;
}

function sayText(part: Part & { type: 'text' }): Json {
	return sayWithExtra('chat-completions', part, { type: 'text', text: part.text });
}

function sayCall(part: Part & { type: 'tool-call' }): Json {
	return sayWithExtra('chat-completions', part, {
		id: part.id,
		type: 'function',
		function: { name: part.name, arguments: part.input }
	});
}

function read(request: HttpRequest): Draft {
	matchPath(request, /\/chat\/completions$/);
	const body = readBody(request);
	const messages = Array.isArray(body.messages) ? body.messages.map(readMessage) : [];
	const [first, ...rest] = messages;
	const system = first?.role === 'system' || first?.role === 'developer' ? first : undefined;
	const draft: Draft = {
		model: typeof body.model === 'string' ? body.model : '',
		...readTarget(request),
		...(typeof body.stream === 'boolean' && { stream: body.stream }),
		...(system !== undefined && { system }),
		messages: system === undefined ? messages : rest,
		params: readParams(body, params),
		...readGuardrail(request.headers)
	};
	return completeGuess('chat-completions', body, draft, (guess) => sayDraft(guess, [])) ?? draft;
}

function readGuardrail(headers: HttpRequest['headers']): Pick<Draft, 'guardrail'> {
	const id = getHeader(headers, guardrailHeaders.id);
	const version = getHeader(headers, guardrailHeaders.version);
	const trace = getHeader(headers, guardrailHeaders.trace);
	if (id === undefined || version === undefined) return {};
	return { guardrail: { id, version, ...(trace !== undefined && { trace: readTrace(trace) }) } };
}

function readTrace(header: string): string {
	const neutral = header.toLowerCase();
	return sayTrace(neutral) === header ? neutral : header;
}

function readMessage(wire: Json): Message {
	const guess = guessMessage(wire);
	const message =
		guess && completeGuess('chat-completions', wire, guess, (one) => sayMessage(one, [])[0]);
	return message ?? newOpaqueMessage('chat-completions', wire);
}

const roles = ['system', 'developer', 'user', 'assistant', 'tool'] as const;

function guessMessage(wire: Json): Message | undefined {
	const name = getOwn(wire, 'role');
	const role = roles.find((one) => one === name);
	if (role === undefined) return undefined;
	const content = getOwn(wire, 'content');
	const parts: Part[] = [];
	if (typeof content === 'string') parts.push({ type: 'text', text: content });
	if (Array.isArray(content)) parts.push(...content.map(readPart));
	if (role === 'assistant') parts.push(...readAnswer(wire));
	return { id: '', role, parts, ...(Array.isArray(content) && { as: 'list' }) };
}

function readPart(wire: Json): Part {
	const text = getOwn(wire, 'text');
	const guess: Part | undefined = typeof text === 'string' ? { type: 'text', text } : undefined;
	const part = guess && completeGuess('chat-completions', wire, guess, sayText);
	return part ?? { type: 'opaque', api: 'chat-completions', value: wire };
}

/** What stands beside the content of an answer: a refusal, and the tool calls where words fit every one. */
function readAnswer(wire: Json): Part[] {
	const refusal = getOwn(wire, 'refusal');
	const calls = getOwn(wire, 'tool_calls');
	const parts: Part[] = typeof refusal === 'string' ? [{ type: 'refusal', text: refusal }] : [];
	const known = Array.isArray(calls) ? calls.map(readCall) : [];
	return [...parts, ...(known.every((part) => part !== undefined) ? known : [])];
}

function readCall(wire: Json): Part | undefined {
	const { id, function: called } = isJsonObject(wire) ? (wire as WireCall) : {};
	const name = called?.name;
	const input = called?.arguments;
	if (typeof id !== 'string' || typeof name !== 'string' || typeof input !== 'string') {
		return undefined;
	}
	const guess: Part & { type: 'tool-call' } = { type: 'tool-call', id, name, input };
	return completeGuess('chat-completions', wire, guess, sayCall);
}

// One text at most: an answer's content has no blocks.
const textBlock = 'content';

function parseEvent(_event: string, data: unknown): StreamEvent[] {
	return parseAnswer(data, 'delta');
}

function parseBody(data: unknown): StreamEvent[] {
	return parseAnswer(data, 'message');
}

function parseAnswer(data: unknown, field: 'delta' | 'message'): StreamEvent[] {
	if (!isJsonObject(data)) return [];
	const { id, model, choices, usage, 'amazon-bedrock-trace': trace } = data as WireAnswer;
	const events: StreamEvent[] = [
		{
			type: 'response-start',
			...(typeof id === 'string' && { id }),
			...(typeof model === 'string' && { model })
		}
	];
	const choice = Array.isArray(choices) ? choices[0] : undefined;
	const message = choice?.[field];
	if (isJsonObject(message)) events.push(...parseMessage(message));
	const reason = choice?.finish_reason;
	if (typeof reason === 'string') {
		events.push({ type: 'block-end', block: textBlock }, { type: 'response-end', reason });
	}
	if (isJsonObject(usage)) events.push(parseUsage(usage));
	if (trace !== undefined) events.push({ type: 'trace', value: trace });
	return events;
}

function parseMessage(message: WireMessage): StreamEvent[] {
	const { content, reasoning, reasoning_content, refusal, tool_calls } = message;
	const texts = {
		// Some servers send the same thoughts under both names.
		'reasoning-delta': reasoning || reasoning_content,
		'text-delta': Array.isArray(content) ? content.map(parseText).join('') : content,
		'refusal-delta': refusal
	};
	const events: StreamEvent[] = [];
	for (const type of ['reasoning-delta', 'text-delta', 'refusal-delta'] as const) {
		const text = texts[type];
		if (typeof text === 'string' && text !== '') events.push({ type, block: textBlock, text });
	}
	return Array.isArray(tool_calls) ? [...events, ...tool_calls.flatMap(parseCall)] : events;
}

function parseText(part: Json): string {
	const text = getOwn(part, 'text');
	return typeof text === 'string' ? text : '';
}

function parseCall(call: WireCall | null, position: number): StreamEvent[] {
	if (!isJsonObject(call)) return [];
	const { index, id, function: called } = call as WireCall;
	// A call that is not streamed has no index.
	const block = `tool ${typeof index === 'number' ? index : position}`;
	const name = called?.name;
	const input = called?.arguments;
	const events: StreamEvent[] = [];
	if (typeof name === 'string' && name !== '') {
		events.push({ type: 'tool-call-start', block, id: typeof id === 'string' ? id : '', name });
	}
	if (typeof input === 'string' && input !== '') {
		events.push({ type: 'tool-call-delta', block, input });
	}
	return events;
}

function parseUsage(usage: JsonObject): StreamEvent {
	const counts = {
		input: usage.prompt_tokens,
		output: usage.completion_tokens,
		reasoning: getOwn(usage.completion_tokens_details, 'reasoning_tokens'),
		cacheRead: getOwn(usage.prompt_tokens_details, 'cached_tokens'),
		cacheWrite: getOwn(usage.prompt_tokens_details, 'cache_write_tokens')
	};
	return newUsage(counts, usage);
}

interface WireCall {
	index?: unknown;
	id?: unknown;
	function?: { name?: unknown; arguments?: unknown };
}

interface WireMessage {
	content?: Json;
	reasoning?: unknown;
	reasoning_content?: unknown;
	refusal?: unknown;
	tool_calls?: WireCall[];
}

interface WireAnswer {
	id?: unknown;
	model?: unknown;
	choices?: { delta?: WireMessage; message?: WireMessage; finish_reason?: unknown }[];
	usage?: JsonObject;
	'amazon-bedrock-trace'?: Json;
}
