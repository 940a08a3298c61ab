import type { Draft, Message, Part } from '../model/draft.ts';
import type { StreamEvent } from '../model/event.ts';
import { getOwn, isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { familyOf } from '../model/model-id.ts';
import { stringifyBody } from '../model/request.ts';
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
		path: ['max_output_tokens'],
		group: 'length',
		kind: 'integer',
		min: 16,
		initial: 2048
	},
	{
		name: 'reasoningEffort',
		path: ['reasoning', 'effort'],
		group: 'reasoning',
		kind: 'choice',
		choices: ['none', 'low', 'medium', 'high'],
		initial: 'low'
	},
	{ name: 'store', path: ['store'], group: 'storage', kind: 'flag' }
];

/** OpenAI's newer API, which can keep a response and continue it, streamed as typed server-sent events. */
export const responses: Api = {
	id: 'responses',
	label: 'Responses',
	docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-responses-api.html',
	params,
	system: 'instructions',
	chains: true,
	build,
	read,
	parseEvent,
	parseBody
};

function build(draft: Draft, target: Target): { request: HttpRequest; losses: Loss[] } {
	const losses: Loss[] = [];
	// The headers are taken and ignored: a guardrail that does not guard is not sent.
	if (draft.guardrail !== undefined) losses.push({ code: 'guardrail' });
	const body = sayDraft(draft, losses);
	losses.push(...findExtraLosses('responses', draft, sentMessages(draft), body));
	const request: HttpRequest = {
		method: 'POST',
		url: `${target.base}/responses`,
		headers: { 'Content-Type': 'application/json' },
		body: stringifyBody(body)
	};
	return { request, losses };
}

/** What the stored response does not cover. */
function sentMessages({ messages, chain }: Draft): Message[] {
	return chain === undefined ? messages : messages.slice(chain.covers);
}

function sayDraft(draft: Draft, losses: Loss[]): JsonObject {
	const { model, system, stream, chain } = draft;
	const input = sayInput(draft, losses);
	const instructions = system && sayInstructions(system, losses);
	return sayWithExtra('responses', draft, {
		...(model !== '' && { model }),
		...(instructions !== undefined && { instructions }),
		...(input !== undefined && { input }),
		...(chain !== undefined && { previous_response_id: chain.responseId }),
		...(stream !== undefined && { stream }),
		...sayParams(draft, params, losses)
	});
}

/** One string; the blocks of another API's system prompt become its paragraphs. */
function sayInstructions(system: Message, losses: Loss[]): string | undefined {
	const texts: string[] = [];
	for (const part of system.parts) {
		if (part.type === 'text') texts.push(part.text);
		else losses.push({ code: 'part', type: part.type });
	}
	return texts.length === 0 ? undefined : texts.join('\n\n');
}

function sayInput(draft: Draft, losses: Loss[]): Json | undefined {
	const sent = sentMessages(draft);
	const [only, ...others] = sent;
	if (only?.as === 'bare' && only.role === 'user' && others.length === 0) {
		const string = sayBare(only.parts);
		if (string !== undefined) return string;
	}
	const items = sent.flatMap((message) => sayItems(message, draft.model, losses));
	return items.length === 0 ? undefined : items;
}

/** A message's items in the order of its parts: what stands in content together is one item, each other part its own. */
function sayItems(message: Message, model: string, losses: Loss[]): Json[] {
	const whole = sayOpaqueMessage('responses', message);
	if (whole !== undefined) return [whole];
	if (message.parts.length === 0) return [sayMessage(message, [], message, losses)];
	const items: Json[] = [];
	let content: Part[] = [];
	// What is kept for a message belongs to the first item that its content makes.
	let holder: Pick<Message, 'extra'> = message;
	const close = (): void => {
		if (content.length === 0) return;
		items.push(sayMessage(message, content, holder, losses));
		[content, holder] = [[], {}];
	};
	for (const part of message.parts) {
		if (isContent(part, message)) content.push(part);
		else {
			close();
			items.push(...sayItem(part, message, model, losses));
		}
	}
	close();
	return items;
}

/** Whether a part stands in a message's content. In an answer, what is kept whole may also be an item of its own. */
function isContent(part: Part, message: Message): boolean {
	if (part.type === 'text' || part.type === 'refusal') return true;
	if (part.type !== 'opaque' || part.api !== 'responses') return false;
	return message.role !== 'assistant' || /^((in|out)put_|text$|refusal$)/.test(typeOf(part.value));
}

function sayMessage(
	message: Message,
	parts: Part[],
	holder: Pick<Message, 'extra'>,
	losses: Loss[]
): Json {
	const role = sayRole(message.role, losses);
	const string = message.as === 'list' ? undefined : sayBare(parts);
	const content = string ?? parts.map((part) => sayPart(part, role));
	return sayWithExtra('responses', holder, { role, content });
}

/** A string where it says all there is to say. */
function sayBare(parts: Part[]): string | undefined {
	const [only, ...others] = parts;
	if (only === undefined) return '';
	const bare = only.type === 'text' && only.extra?.responses === undefined;
	return bare && others.length === 0 ? only.text : undefined;
}

function sayRole(role: Message['role'], losses: Loss[]): string {
	if (role !== 'tool' && role !== 'opaque') return role;
	losses.push({ code: 'role', role });
	return 'user';
}

function sayPart(part: Part, role: string): Json {
	if (part.type === 'opaque') return part.value;
	const text = 'text' in part ? part.text : '';
	if (part.type === 'refusal') {
		return sayWithExtra('responses', part, { type: 'refusal', refusal: text });
	}
	const type = role === 'assistant' ? 'output_text' : 'input_text';
	return sayWithExtra('responses', part, { type, text });
}

/** What a part is as an item of its own; none for reasoning that does not go back. */
function sayItem(part: Part, message: Message, model: string, losses: Loss[]): Json[] {
	const related = message.from === undefined || familyOf(message.from.model) === familyOf(model);
	if (part.type === 'tool-call') return [sayCall(part)];
	if (part.type === 'reasoning') {
		return part.encrypted !== undefined && related ? [sayReasoning(part)] : [];
	}
	if (part.type === 'opaque' && part.api === 'responses' && related) return [part.value];
	losses.push({ code: 'part', type: part.type });
	return [];
}

function sayCall(part: Part & { type: 'tool-call' }): Json {
	return sayWithExtra('responses', part, {
		type: 'function_call',
		call_id: part.id,
		name: part.name,
		arguments: part.input
	});
}

/** Only what is encrypted goes back; its `summary` is required, even where it is empty. */
function sayReasoning(part: Part & { type: 'reasoning' }): Json {
	return sayWithExtra('responses', part, {
		type: 'reasoning',
		summary: part.text === '' ? [] : [{ type: 'summary_text', text: part.text }],
		...(part.encrypted !== undefined && { encrypted_content: part.encrypted })
	});
}

function read(request: HttpRequest): Draft {
	matchPath(request, /\/responses$/);
	const body = readBody(request);
	const { model, instructions, previous_response_id: previous, stream } = body;
	const draft: Draft = {
		model: typeof model === 'string' ? model : '',
		...readTarget(request),
		...(typeof stream === 'boolean' && { stream }),
		...(typeof instructions === 'string' && {
			system: { id: '', role: 'system', parts: [{ type: 'text', text: instructions }] }
		}),
		messages: readInput(body.input),
		params: readParams(body, params),
		...(typeof previous === 'string' && { chain: { responseId: previous, covers: 0 } })
	};
	return completeGuess('responses', body, draft, (guess) => sayDraft(guess, [])) ?? draft;
}

function readInput(input: Json | undefined): Message[] {
	if (Array.isArray(input)) return input.map(readItem);
	if (typeof input !== 'string') return [];
	return [{ id: '', role: 'user', parts: [{ type: 'text', text: input }], as: 'bare' }];
}

function readItem(wire: Json): Message {
	const guess = guessMessage(wire) ?? guessItem(wire);
	const message = guess && completeGuess('responses', wire, guess, sayOnly);
	return message ?? newOpaqueMessage('responses', wire);
}

/** The item that a message makes when it makes exactly one. */
function sayOnly(message: Message): Json | undefined {
	const [only, ...others] = sayItems(message, '', []);
	return others.length === 0 ? only : undefined;
}

const roles = ['system', 'developer', 'user', 'assistant'] as const;

function guessMessage(wire: Json): Message | undefined {
	const name = getOwn(wire, 'role');
	const content = getOwn(wire, 'content');
	const role = roles.find((one) => one === name);
	if (role === undefined) return undefined;
	if (typeof content === 'string') {
		return { id: '', role, parts: [{ type: 'text', text: content }] };
	}
	if (!Array.isArray(content)) return undefined;
	return { id: '', role, parts: content.map((part) => readPart(part, role)), as: 'list' };
}

function readPart(wire: Json, role: string): Part {
	const guess = guessPart(wire);
	const part = guess && completeGuess('responses', wire, guess, (one) => sayPart(one, role));
	return part ?? { type: 'opaque', api: 'responses', value: wire };
}

function guessPart(wire: Json): Part | undefined {
	const text = getOwn(wire, 'text');
	const refusal = getOwn(wire, 'refusal');
	if (typeof text === 'string') return { type: 'text', text };
	return typeof refusal === 'string' ? { type: 'refusal', text: refusal } : undefined;
}

function guessItem(wire: Json): Message | undefined {
	const guess = guessCall(wire) ?? guessReasoning(wire);
	const say = (one: Part): Json | undefined =>
		sayItem(one, { id: '', role: 'assistant', parts: [] }, '', [])[0];
	const part = guess && completeGuess('responses', wire, guess, say);
	return part && { id: '', role: 'assistant', parts: [part] };
}

function guessCall(wire: Json): Part | undefined {
	const id = getOwn(wire, 'call_id');
	const name = getOwn(wire, 'name');
	const input = getOwn(wire, 'arguments');
	if (typeof id !== 'string' || typeof name !== 'string' || typeof input !== 'string') {
		return undefined;
	}
	return { type: 'tool-call', id, name, input };
}

function guessReasoning(wire: Json): Part | undefined {
	const encrypted = getOwn(wire, 'encrypted_content');
	if (typeof encrypted !== 'string') return undefined;
	return { type: 'reasoning', text: joinTexts(getOwn(wire, 'summary')), encrypted };
}

function typeOf(value: unknown): string {
	const type = getOwn(value, 'type');
	return typeof type === 'string' ? type : '';
}

/** The texts of a list of parts, as paragraphs: each part of a summary is one, with a heading of its own. */
function joinTexts(parts: unknown): string {
	if (!Array.isArray(parts)) return '';
	const texts = parts.map((part) => getOwn(part, 'text'));
	return texts.filter((text) => typeof text === 'string').join('\n\n');
}

function parseEvent(event: string, data: unknown): StreamEvent[] {
	if (!isJsonObject(data)) return [];
	// A server may leave out the field `event`, which then reads as `message`.
	const type = event === '' || event === 'message' ? typeOf(data) : event;
	const { output_index, content_index, summary_index, delta, item, response } = data as WireEvent;
	const outer = newBlock(output_index);
	const block = newBlock(output_index, content_index);
	switch (type) {
		case 'response.created':
			return [parseStart(response)];
		case 'response.output_text.delta':
			return parseText('text-delta', block, delta);
		case 'response.refusal.delta':
			return parseText('refusal-delta', block, delta);
		case 'response.reasoning_summary_part.added':
			return summary_index === 0 ? [] : parseText('reasoning-delta', outer, '\n\n');
		case 'response.output_item.added':
			return typeOf(item) === 'function_call' ? [parseCallStart(outer, item)] : [];
		case 'response.function_call_arguments.delta':
			return typeof delta === 'string'
				? [{ type: 'tool-call-delta', block: outer, input: delta }]
				: [];
		case 'response.output_item.done':
			return parseItemEnd(outer, item);
		case 'response.content_part.done':
		case 'response.output_text.done':
			return [{ type: 'block-end', block }];
		case 'response.completed':
		case 'response.incomplete':
		case 'response.failed':
			return parseEnd(response, type.slice('response.'.length));
		case 'error':
			return [parseError(isJsonObject(data.error) ? data.error : data, data)];
	}
	// Models differ in the middle of the name: reasoning_text, reasoning_summary_text, reasoning.
	if (/^response\.reasoning.*delta$/.test(type)) return parseText('reasoning-delta', outer, delta);
	return [];
}

function newBlock(output: unknown, content?: unknown): string {
	const item = String(typeof output === 'number' ? output : 0);
	return typeof content === 'number' ? `${item}.${content}` : item;
}

function parseStart(response: unknown): StreamEvent {
	const id = getOwn(response, 'id');
	const model = getOwn(response, 'model');
	return {
		type: 'response-start',
		...(typeof id === 'string' && { id }),
		...(typeof model === 'string' && { model })
	};
}

function parseText(
	type: 'text-delta' | 'reasoning-delta' | 'refusal-delta',
	block: string,
	text: unknown
): StreamEvent[] {
	return typeof text === 'string' && text !== '' ? [{ type, block, text }] : [];
}

function parseCallStart(block: string, item: unknown): StreamEvent {
	const { id, name } = parseCall(item);
	return { type: 'tool-call-start', block, id, name };
}

function parseCall(item: unknown): Part & { type: 'tool-call' } {
	const { call_id: id, name, arguments: input } = isJsonObject(item) ? (item as WireItem) : {};
	return {
		type: 'tool-call',
		id: typeof id === 'string' ? id : '',
		name: typeof name === 'string' ? name : '',
		input: typeof input === 'string' ? input : ''
	};
}

/** What only the whole item tells: a seal, the exact arguments, or all of an item that has no deltas of its own. */
function parseItemEnd(block: string, item: unknown): StreamEvent[] {
	if (!isJsonObject(item)) return [];
	switch (typeOf(item)) {
		case '':
		case 'message':
			return [];
		case 'reasoning':
			return parseSeal(block, item);
		case 'function_call':
			return [{ type: 'part', block, part: parseCall(item) }];
	}
	return [{ type: 'part', block, part: { type: 'opaque', api: 'responses', value: item } }];
}

function parseSeal(block: string, item: JsonObject): StreamEvent[] {
	const { encrypted_content: encrypted } = item;
	return typeof encrypted === 'string' ? [{ type: 'reasoning-seal', block, encrypted }] : [];
}

/** How a response ended, if it did: one that is queued or in progress has no end yet. */
function parseEnd(response: unknown, status: unknown): StreamEvent[] {
	const usage = getOwn(response, 'usage');
	const events: StreamEvent[] = isJsonObject(usage) ? [parseUsage(usage)] : [];
	switch (status) {
		case 'completed':
			return [...events, { type: 'response-end', reason: status }];
		case 'incomplete': {
			const reason = getOwn(getOwn(response, 'incomplete_details'), 'reason');
			return [
				...events,
				{ type: 'response-end', reason: typeof reason === 'string' ? reason : status }
			];
		}
		case 'failed':
			return [...events, parseError(getOwn(response, 'error'), response)];
	}
	return events;
}

function parseUsage(usage: JsonObject): StreamEvent {
	const counts = {
		input: usage.input_tokens,
		output: usage.output_tokens,
		reasoning: getOwn(usage.output_tokens_details, 'reasoning_tokens'),
		cacheRead: getOwn(usage.input_tokens_details, 'cached_tokens'),
		cacheWrite: getOwn(usage.input_tokens_details, 'cache_write_tokens')
	};
	return newUsage(counts, usage);
}

function parseError(error: unknown, whole: unknown): StreamEvent {
	const code = getOwn(error, 'code');
	const message = getOwn(error, 'message');
	return {
		type: 'error',
		error: {
			status: 200,
			...(typeof code === 'string' && { code }),
			message: typeof message === 'string' ? message : '',
			raw: JSON.stringify(whole ?? null)
		}
	};
}

function parseBody(data: unknown): StreamEvent[] {
	if (!isJsonObject(data)) return [];
	const { output, status } = data;
	const items = Array.isArray(output) ? output : [];
	return [
		parseStart(data),
		...items.flatMap((item, index) => parseItem(newBlock(index), item)),
		...parseEnd(data, status)
	];
}

function parseItem(block: string, item: Json): StreamEvent[] {
	if (!isJsonObject(item)) return [];
	const { content, summary } = item;
	const parts = Array.isArray(content) ? content : [];
	switch (typeOf(item)) {
		case 'message':
			return parts.flatMap((part, index) => parsePart(`${block}.${index}`, part));
		case 'reasoning':
			return [
				...parseText('reasoning-delta', block, joinTexts(summary)),
				...parts.flatMap((part) => parseText('reasoning-delta', block, getOwn(part, 'text'))),
				...parseSeal(block, item)
			];
		case 'function_call': {
			const { input } = parseCall(item);
			return [parseCallStart(block, item), { type: 'tool-call-delta', block, input }];
		}
	}
	return parseItemEnd(block, item);
}

function parsePart(block: string, wire: Json): StreamEvent[] {
	const part = guessPart(wire) ?? { type: 'opaque', api: 'responses', value: wire };
	if (part.type === 'text') {
		return [...parseText('text-delta', block, part.text), { type: 'block-end', block }];
	}
	return part.type === 'refusal'
		? parseText('refusal-delta', block, part.text)
		: [{ type: 'part', block, part }];
}

interface WireItem {
	call_id?: unknown;
	name?: unknown;
	arguments?: unknown;
}

interface WireEvent {
	output_index?: unknown;
	content_index?: unknown;
	summary_index?: unknown;
	delta?: unknown;
	item?: unknown;
	response?: unknown;
}
