import type { Draft, Message, Tool } from '../../model/draft.ts';
import { mergeJson } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Target } from '../../model/request.ts';
import type { Built, Loss } from '../api.ts';
import { mend } from '../mend.ts';
import { sayParams } from '../params.ts';
import { newPost } from '../post.ts';
import { sayFunction, sayTools } from '../tools.ts';
import { findExtraLosses, sayBare, sayBody, sayOpaqueMessage, sayWithExtra } from '../words.ts';
import { guardedBy, headOf } from './head.ts';
import { sayOutput } from './output.ts';
import { params } from './params.ts';
import { sayCall, sayPart, sayResults, withoutSources } from './parts.ts';

/** The request that a draft makes on Chat Completions, what of it is lost there, and what was mended. */
export function build(draft: Draft, target: Target): Built {
	const { draft: mended, losses, mends } = mend(draft, { say: sayMessage });
	const { guardrail } = draft;
	const guarded = guardedBy(guardrail, target);
	if (draft.chain !== undefined) losses.push({ code: 'chain' });
	if (guarded !== guardrail) losses.push({ code: 'guardrail' });
	if (guarded?.processing !== undefined) losses.push({ code: 'guardrail-processing' });
	const body = sayDraft(mended, losses);
	losses.push(...findExtraLosses('chat-completions', draft, mended.messages));
	const request = newPost(headOf(draft, target), body);
	return { request, losses, mends };
}

/** What a draft is as a body. */
export function sayDraft(draft: Draft, losses: Loss[]): JsonObject {
	const { model, system, stream } = draft;
	const all = system === undefined ? draft.messages : [system, ...draft.messages];
	const messages = all.flatMap((message) => sayMessage(message, losses));
	const words = {
		...(model !== '' && { model }),
		...(messages.length > 0 && { messages }),
		...(stream !== undefined && { stream }),
		...mergeJson(sayParams(draft, params, losses), sayOutput(draft)),
		...sayToolFields(draft, losses)
	};
	return sayBody('chat-completions', draft, words, losses);
}

/**
 * A message as messages of Chat: one, and one more for each result of a tool. None for what another API kept whole, and
 * for an answer of which nothing is sent back.
 */
export function sayMessage(message: Message, losses: Loss[]): Json[] {
	const whole = sayOpaqueMessage('chat-completions', message);
	if (whole !== undefined) return [whole];
	const results = sayResults(message, losses);
	const parts = message.parts.filter(({ type }) => type !== 'tool-result');
	if (results.length > 0 && parts.length === 0) return results;
	// They follow the calls that they answer, before anything else is said.
	return [...results, ...sayWords({ ...message, parts }, losses)];
}

function sayWords(message: Message, losses: Loss[]): Json[] {
	const content: Json[] = [];
	const calls: Json[] = [];
	let refusal: string | undefined;
	for (const part of message.parts) {
		const said = sayPart(part);
		if (said !== undefined) content.push(said);
		else if (part.type === 'tool-call') calls.push(sayCall(part));
		else if (part.type === 'refusal') refusal = (refusal ?? '') + part.text;
		// A Chat request has no field for reasoning; leaving it out is not reported as a loss.
		else if (part.type !== 'reasoning') losses.push({ code: 'part', type: part.type });
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
			content: sayContent(message) ?? content
		}),
		...beside
	};
	return [sayWithExtra('chat-completions', message, words)];
}

function sayContent({ as, parts }: Message): string | undefined {
	if (as === 'list') return undefined;
	const content = parts.filter((part) => sayPart(part) !== undefined || part.type === 'opaque');
	return sayBare('chat-completions', content.map(withoutSources));
}

/** A function that a model may call. */
export function sayTool(tool: Tool & { type: 'function' }): Json {
	return sayWithExtra('chat-completions', tool, {
		type: 'function',
		function: sayFunction(tool)
	});
}

function sayToolFields({ tools, toolChoice }: Draft, losses: Loss[]): JsonObject {
	const said = sayTools('chat-completions', tools, sayTool, losses);
	const choice =
		typeof toolChoice === 'object'
			? { type: 'function', function: { name: toolChoice.name } }
			: toolChoice;
	return {
		...(said.length > 0 && { tools: said }),
		...(choice !== undefined && { tool_choice: choice })
	};
}
