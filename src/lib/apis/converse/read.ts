import type { Draft, Message, Part } from '../../model/draft.ts';
import { stringifyJson } from '../../model/json-text.ts';
import { getAt } from '../../model/json-path.ts';
import { getOwn } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';
import type { HttpRequest } from '../../model/request.ts';
import { ReadError } from '../api.ts';
import { readParams } from '../forms.ts';
import { readNames } from '../read-output.ts';
import { matchPath, readBody, readTarget } from '../read-post.ts';
import {
	completeBody,
	completeGuess,
	getString,
	newOpaqueMessage,
	newOpaquePart,
	typeOf
} from '../words.ts';
import { guessFile } from './files.ts';
import { params } from './params.ts';
import { sayPart } from './parts.ts';
import { sayDraft, sayMessage } from './request.ts';
import { readToolConfig } from './tools.ts';

/** The draft that makes a Converse request. @throws {ReadError} when it is none. */
export function read(request: HttpRequest): Draft {
	// An ARN whose slash was not encoded is understood, and built as it should have been.
	const [, model = '', operation] = matchPath(
		request,
		/\/model\/(.+)\/(converse|converse-stream)$/
	);
	const body = readBody(request);
	const { messages, system } = body;
	const draft: Draft = {
		model: decodeModel(model),
		...readTarget(request),
		...(operation === 'converse-stream' && { stream: true }),
		...(Array.isArray(system) &&
			system.length > 0 && { system: { id: '', role: 'system', parts: system.map(readPart) } }),
		messages: Array.isArray(messages) ? messages.map(readMessage) : [],
		params: readParams(body, params),
		...readOutput(body.outputConfig),
		...readToolConfig(body.toolConfig),
		...readGuardrail(body.guardrailConfig, operation === 'converse-stream')
	};
	return completeBody('converse', body, draft, (guess) => sayDraft(guess, []));
}

function decodeModel(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		throw new ReadError('wrong-path');
	}
}

/** What `outputConfig` says of the form of an answer. */
function readOutput(config: unknown): Pick<Draft, 'output'> {
	const format = getOwn(config, 'textFormat');
	const wire = getAt(format, ['structure', 'jsonSchema']);
	const schema = getString(wire, 'schema');
	if (typeOf(format) !== 'json_schema' || schema === undefined) return {};
	return { output: { type: 'schema', ...readNames(wire), schema } };
}

function readGuardrail(config: Json | undefined, isStreamed: boolean): Pick<Draft, 'guardrail'> {
	const id = getString(config, 'guardrailIdentifier');
	const version = getString(config, 'guardrailVersion');
	const trace = getString(config, 'trace');
	const processing = isStreamed ? getString(config, 'streamProcessingMode') : undefined;
	if (id === undefined || version === undefined) return {};
	return {
		guardrail: {
			...{ id, version },
			...(trace !== undefined && { trace }),
			...(processing !== undefined && { processing })
		}
	};
}

const roles = ['user', 'assistant', 'system'] as const;

function readMessage(wire: Json): Message {
	const say = (guess: Message): Json | undefined => sayMessage(guess, '', [])[0];
	const message = completeGuess('converse', wire, guessMessage(wire), say);
	return message ?? newOpaqueMessage('converse', wire);
}

function guessMessage(wire: Json): Message | undefined {
	const role = roles.find((one) => one === getOwn(wire, 'role'));
	const content = getOwn(wire, 'content');
	if (role === undefined || !Array.isArray(content)) return undefined;
	return { id: '', role, parts: content.map(readPart) };
}

function readPart(wire: Json): Part {
	const part = completeGuess('converse', wire, guessPart(wire), (one) => sayPart(one));
	return part ?? newOpaquePart('converse', wire);
}

function guessPart(wire: Json): Part | undefined {
	const text = getString(wire, 'text');
	if (text !== undefined) return { type: 'text', text };
	const json = getOwn(wire, 'json') as Json | undefined;
	if (json !== undefined) return { type: 'text', text: stringifyJson(json), json: true };
	return (
		guessGuarded(getOwn(wire, 'guardContent')) ??
		guessCall(getOwn(wire, 'toolUse')) ??
		guessResult(getOwn(wire, 'toolResult')) ??
		guessReasoning(getOwn(wire, 'reasoningContent')) ??
		guessFile(wire)
	);
}

/** A text that a guardrail is to look at. */
function guessGuarded(guardContent: unknown): Part | undefined {
	const text = getString(getOwn(guardContent, 'text'), 'text');
	if (text === undefined) return undefined;
	return { type: 'text', text, extra: { converse: { guardContent: {} } } };
}

function guessResult(wire: unknown): Part | undefined {
	const id = getString(wire, 'toolUseId');
	const content = getOwn(wire, 'content');
	const status = getString(wire, 'status');
	if (id === undefined || !Array.isArray(content)) return undefined;
	const parts = (content as Json[]).map(readPart);
	return {
		type: 'tool-result',
		id,
		parts,
		...((status === 'success' || status === 'error') && { status })
	};
}

function guessCall(toolUse: unknown): Part | undefined {
	const id = getString(toolUse, 'toolUseId');
	const name = getString(toolUse, 'name');
	if (id === undefined || name === undefined) return undefined;
	const input = (getOwn(toolUse, 'input') ?? {}) as Json;
	return { type: 'tool-call', id, name, input: stringifyJson(input) };
}

function guessReasoning(wire: unknown): Part | undefined {
	const redacted = getString(wire, 'redactedContent');
	if (redacted !== undefined) return { type: 'reasoning', text: '', redacted };
	const reasoningText = getOwn(wire, 'reasoningText');
	const text = getString(reasoningText, 'text');
	const signature = getString(reasoningText, 'signature');
	if (text === undefined) return undefined;
	return { type: 'reasoning', text, ...(signature !== undefined && { signature }) };
}
