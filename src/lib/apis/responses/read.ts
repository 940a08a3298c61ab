import type { Draft, Message, Part, Tool } from '../../model/draft.ts';
import { getOwn } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';
import type { HttpRequest } from '../../model/request.ts';
import { readParams } from '../forms.ts';
import { readSchema } from '../read-output.ts';
import { matchPath, readBody, readTarget } from '../read-post.ts';
import { guessFunction, readChoice, readTools } from '../tools.ts';
import {
	completeBody,
	completeGuess,
	getString,
	newOpaqueMessage,
	newOpaquePart,
	typeOf
} from '../words.ts';
import { params } from './params.ts';
import { guessFile, reasoningTextOf, sayPart } from './parts.ts';
import { sayDraft, sayItem, sayItems, sayTool } from './request.ts';

/** The draft that makes a Responses request. @throws {ReadError} when it is none. */
export function read(request: HttpRequest): Draft {
	matchPath(request, /\/responses$/);
	const body = readBody(request);
	const { instructions, previous_response_id: previous, stream } = body;
	const tools = readTools('responses', body.tools, readTool);
	const draft: Draft = {
		model: getString(body, 'model') ?? '',
		...readTarget(request),
		...(typeof stream === 'boolean' && { stream }),
		...(typeof instructions === 'string' && {
			system: { id: '', role: 'system', parts: [{ type: 'text', text: instructions }] }
		}),
		messages: readInput(body.input),
		params: readParams(body, params),
		...readOutput(getOwn(body.text, 'format')),
		...(tools && { tools }),
		...readChoice(body.tool_choice, (choice) => getString(choice, 'name')),
		...(typeof previous === 'string' && { chain: { responseId: previous, after: '' } })
	};
	return completeBody('responses', body, draft, (guess) => sayDraft(guess, []));
}

/** What `text.format` says. */
function readOutput(format: unknown): Pick<Draft, 'output'> {
	if (typeOf(format) === 'json_object') return { output: { type: 'object' } };
	const output = typeOf(format) === 'json_schema' ? readSchema(format) : undefined;
	return output === undefined ? {} : { output };
}

/** A function that a model may call; undefined for anything else. */
export function readTool(wire: Json): Tool | undefined {
	const guess = typeOf(wire) === 'function' ? guessFunction(wire) : undefined;
	return completeGuess('responses', wire, guess, sayTool);
}

/** Whether a tool that is no function is one of Responses. */
export function ownsTool(wire: Json): boolean {
	return typeOf(wire) !== '';
}

function readInput(input: Json | undefined): Message[] {
	if (Array.isArray(input)) return input.map(readItem);
	if (typeof input !== 'string') return [];
	return [{ id: '', role: 'user', parts: [{ type: 'text', text: input }], as: 'bare' }];
}

function readItem(wire: Json): Message {
	const guess = guessMessage(wire) ?? guessItem(wire);
	const message = completeGuess('responses', wire, guess, sayOnly);
	return message ?? newOpaqueMessage('responses', wire);
}

/** The item that a message makes when it makes exactly one. */
function sayOnly(message: Message): Json | undefined {
	const [only, ...others] = sayItems(message, '', []);
	return others.length === 0 ? only : undefined;
}

const roles = ['system', 'developer', 'user', 'assistant'] as const;

function guessMessage(wire: Json): Message | undefined {
	const role = roles.find((one) => one === getOwn(wire, 'role'));
	const content = getOwn(wire, 'content');
	if (role === undefined) return undefined;
	if (typeof content === 'string') {
		return { id: '', role, parts: [{ type: 'text', text: content }] };
	}
	if (!Array.isArray(content)) return undefined;
	return { id: '', role, parts: content.map((part) => readPart(part, role)), as: 'list' };
}

function readPart(wire: Json, role: string): Part {
	const guess = guessPart(wire) ?? guessFile(wire);
	const part = completeGuess('responses', wire, guess, (one) => sayPart(one, role));
	return part ?? newOpaquePart('responses', wire);
}

/** What a part of content says, without what stands beside its words. */
export function guessPart(wire: Json): Part | undefined {
	const text = getString(wire, 'text');
	const refusal = getString(wire, 'refusal');
	if (text !== undefined) return { type: 'text', text };
	return refusal === undefined ? undefined : { type: 'refusal', text: refusal };
}

function guessItem(wire: Json): Message | undefined {
	const result = guessResult(wire);
	const guess = result?.part ?? guessCall(wire) ?? guessReasoning(wire);
	const empty: Message = {
		id: '',
		role: result === undefined ? 'assistant' : 'tool',
		parts: [],
		...(result?.isList && { as: 'list' })
	};
	const say = (one: Part): Json | undefined => sayItem(one, empty, '', [])[0];
	const part = completeGuess('responses', wire, guess, say);
	return part && { ...empty, parts: [part] };
}

function guessResult(wire: Json): { part: Part; isList: boolean } | undefined {
	const id = getString(wire, 'call_id');
	const output = getOwn(wire, 'output');
	if (typeOf(wire) !== 'function_call_output' || id === undefined) return undefined;
	if (Array.isArray(output)) {
		const parts = (output as Json[]).map((one) => readPart(one, 'tool'));
		return { part: { type: 'tool-result', id, parts }, isList: true };
	}
	if (typeof output !== 'string') return undefined;
	const parts: Part[] = [{ type: 'text', text: output }];
	return { part: { type: 'tool-result', id, parts }, isList: false };
}

function guessCall(wire: Json): Part | undefined {
	const id = getString(wire, 'call_id');
	const name = getString(wire, 'name');
	const input = getString(wire, 'arguments');
	if (id === undefined || name === undefined || input === undefined) return undefined;
	return { type: 'tool-call', id, name, input };
}

function guessReasoning(wire: Json): Part | undefined {
	const encrypted = getString(wire, 'encrypted_content');
	if (encrypted === undefined) return undefined;
	return { type: 'reasoning', text: reasoningTextOf(wire), encrypted };
}
