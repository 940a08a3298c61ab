import type { Draft, Message, Part, Tool } from '../../model/draft.ts';
import { getOwn, isJsonObject } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';
import { getHeader } from '../../model/request.ts';
import type { HttpRequest } from '../../model/request.ts';
import { readParams } from '../forms.ts';
import { readSchema } from '../read-output.ts';
import { matchPath, readBody, readTarget } from '../read-post.ts';
import { guessFunction, readChoice, readTools } from '../tools.ts';
import { completeBody, completeGuess, getString, newOpaqueMessage, typeOf } from '../words.ts';
import { params } from './params.ts';
import { readCall, readPart } from './parts.ts';
import { guardrailHeaders, sayTrace } from './head.ts';
import { sayDraft, sayMessage, sayTool } from './request.ts';

/** The draft that makes a Chat Completions request. @throws {ReadError} when it is none. */
export function read(request: HttpRequest): Draft {
	matchPath(request, /\/chat\/completions$/);
	const body = readBody(request);
	const messages = Array.isArray(body.messages) ? body.messages.map(readMessage) : [];
	const [first, ...rest] = messages;
	const system = first?.role === 'system' || first?.role === 'developer' ? first : undefined;
	const tools = readTools('chat-completions', body.tools, readTool);
	const draft: Draft = {
		model: getString(body, 'model') ?? '',
		...readTarget(request),
		...(typeof body.stream === 'boolean' && { stream: body.stream }),
		...(system !== undefined && { system }),
		messages: system === undefined ? messages : rest,
		params: readParams(body, params),
		...readOutput(body.response_format),
		...(tools && { tools }),
		...readChoice(body.tool_choice, (choice) => getString(getOwn(choice, 'function'), 'name')),
		...readGuardrail(request.headers)
	};
	return completeBody('chat-completions', body, draft, (guess) => sayDraft(guess, []));
}

/** What `response_format` says. */
function readOutput(format: unknown): Pick<Draft, 'output'> {
	if (typeOf(format) === 'json_object') return { output: { type: 'object' } };
	if (typeOf(format) !== 'json_schema') return {};
	const output = readSchema(getOwn(format, 'json_schema'));
	return output === undefined ? {} : { output };
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
	const message = completeGuess('chat-completions', wire, guessMessage(wire), sayOnly);
	return message ?? newOpaqueMessage('chat-completions', wire);
}

/** The message that a draft's message makes when it makes exactly one. */
function sayOnly(guess: Message): Json | undefined {
	const [only, ...others] = sayMessage(guess, []);
	return others.length === 0 ? only : undefined;
}

const roles = ['system', 'developer', 'user', 'assistant', 'tool'] as const;

function guessMessage(wire: Json): Message | undefined {
	const role = roles.find((one) => one === getOwn(wire, 'role'));
	if (role === undefined) return undefined;
	const content = getOwn(wire, 'content');
	const parts: Part[] = [];
	if (typeof content === 'string') parts.push({ type: 'text', text: content });
	if (Array.isArray(content)) parts.push(...content.map(readPart));
	if (role === 'assistant') parts.push(...readAnswer(wire));
	const called = role === 'tool' ? getString(wire, 'tool_call_id') : undefined;
	return {
		id: '',
		role,
		parts: called === undefined ? parts : [{ type: 'tool-result', id: called, parts }],
		...(Array.isArray(content) && { as: 'list' })
	};
}

/** What stands beside the content of an answer: a refusal, and the tool calls where words fit every one. */
function readAnswer(wire: Json): Part[] {
	const refusal = getString(wire, 'refusal');
	const calls = getOwn(wire, 'tool_calls');
	const parts: Part[] = refusal !== undefined ? [{ type: 'refusal', text: refusal }] : [];
	const known = Array.isArray(calls) ? calls.map(readCall) : [];
	return [...parts, ...(known.every((part) => part !== undefined) ? known : [])];
}

/** A function that a model may call; undefined for anything else. */
export function readTool(wire: Json): Tool | undefined {
	const guess = typeOf(wire) === 'function' ? guessFunction(getOwn(wire, 'function')) : undefined;
	return completeGuess('chat-completions', wire, guess, sayTool);
}

/** Whether a tool that is no function is one of Chat Completions: it has its fields in an object of the name of its type. */
export function ownsTool(wire: Json): boolean {
	return isJsonObject(getOwn(wire, typeOf(wire)));
}
