import type { Draft, Message, Part, Tool } from '../../model/draft.ts';
import { mergeJson } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Target } from '../../model/request.ts';
import type { Built, Loss } from '../api.ts';
import { mend } from '../mend.ts';
import { sayParams } from '../params.ts';
import { newPost } from '../post.ts';
import { sayFunction, sayTools } from '../tools.ts';
import {
	findExtraLosses,
	getString,
	isRelated,
	originOf,
	sayBare,
	sayBody,
	sayOpaqueMessage,
	sayWithExtra,
	typeOf
} from '../words.ts';
import { headOf } from './head.ts';
import { sayOutput } from './output.ts';
import { params } from './params.ts';
import { reasoningTextOf, sayFile, sayPart } from './parts.ts';

/** The request that a draft makes on Responses, what of it is lost there, and what was mended. */
export function build(draft: Draft, target: Target): Built {
	const sent = cutToChain(draft);
	const { model } = draft;
	const {
		draft: mended,
		losses,
		mends
	} = mend(sent, {
		say: (message, lost) => sayItems(message, model, lost)
	});
	if (sent.chain === undefined && draft.chain !== undefined) losses.push({ code: 'chain' });
	// The headers are taken and ignored: a guardrail that does not guard is not sent.
	if (draft.guardrail !== undefined) losses.push({ code: 'guardrail' });
	const body = sayDraft(mended, losses);
	losses.push(...findExtraLosses('responses', draft, mended.messages));
	return { request: newPost(headOf(draft, target), body), losses, mends };
}

/**
 * The draft with only the messages that the stored response does not cover. Where the last one that it covers is not
 * there, all messages are sent and nothing is continued: the service would remember some of them twice.
 */
function cutToChain(draft: Draft): Draft {
	const { chain, ...unchained } = draft;
	if (chain === undefined || chain.after === '') return draft;
	const covered = draft.messages.findIndex(({ id }) => id === chain.after);
	if (covered === -1) return unchained;
	return { ...draft, messages: draft.messages.slice(covered + 1) };
}

/** What a draft is as a body; all its messages are sent. */
export function sayDraft(draft: Draft, losses: Loss[]): JsonObject {
	const { model, system, stream, chain } = draft;
	const input = sayInput(draft, losses);
	const instructions = system && sayInstructions(system, losses);
	const words = {
		...(model !== '' && { model }),
		...(instructions !== undefined && { instructions }),
		...(input !== undefined && { input }),
		...(chain !== undefined && { previous_response_id: chain.responseId }),
		...(stream !== undefined && { stream }),
		...mergeJson(sayParams(draft, params, losses), sayOutput(draft)),
		...sayToolFields(draft, losses)
	};
	return sayBody('responses', draft, words, losses);
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

function sayInput({ messages, model }: Draft, losses: Loss[]): Json | undefined {
	const [only, ...others] = messages;
	if (only?.as === 'bare' && only.role === 'user' && others.length === 0) {
		const string = sayBare('responses', only.parts);
		if (string !== undefined) return string;
	}
	const items = messages.flatMap((message) => sayItems(message, model, losses));
	return items.length === 0 ? undefined : items;
}

/** A message's items in the order of its parts: what stands in content together is one item, each other part its own. */
export function sayItems(message: Message, model: string, losses: Loss[]): Json[] {
	const whole = sayOpaqueMessage('responses', message);
	if (whole !== undefined) return [whole];
	if (message.parts.length === 0) return [sayMessage(message, [], message, losses, model)];
	const items: Json[] = [];
	let content: Part[] = [];
	// What is kept for a message belongs to the first item that its content makes.
	let holder: Pick<Message, 'extra'> = message;
	const close = (): void => {
		if (content.length === 0) return;
		items.push(sayMessage(message, content, holder, losses, model));
		[content, holder] = [[], {}];
	};
	for (const part of message.parts) {
		if (isContent(part, message)) {
			if (content.length > 0 && phaseOf(content[0]) !== phaseOf(part)) close();
			content.push(part);
		} else {
			close();
			items.push(...sayItem(part, message, model, losses));
		}
	}
	close();
	return items;
}

/**
 * Whether a part stands in a message's content. In an answer, and among the results of tools, what is kept whole may also
 * be an item of its own.
 */
function isContent(part: Part, message: Message): boolean {
	if (part.type === 'text' || part.type === 'refusal') return true;
	if (part.type === 'image' || part.type === 'document') return sayFile(part) !== undefined;
	if (part.type !== 'opaque' || part.api !== 'responses') return false;
	const isTurn = message.role !== 'assistant' && message.role !== 'tool';
	return isTurn || /^((in|out)put_|text$|refusal$)/.test(typeOf(part.value));
}

function sayMessage(
	message: Message,
	parts: Part[],
	holder: Pick<Message, 'extra'>,
	losses: Loss[],
	model: string
): Json {
	const role = sayRole(message.role, losses);
	const string = message.as === 'list' ? undefined : sayBare('responses', parts);
	const content = string ?? parts.flatMap((part) => sayPart(part, role) ?? []);
	const phase = role === 'assistant' && isRelated(message, model) ? phaseOf(parts[0]) : undefined;
	return sayWithExtra('responses', holder, {
		role,
		...(phase !== undefined && { phase }),
		content
	});
}

/** Which of an answer's messages a part stood in (`commentary`, `final_answer`), as the service calls it. */
function phaseOf(part: Part | undefined): string | undefined {
	return getString(part?.extra?.responses, 'phase');
}

function sayRole(role: Message['role'], losses: Loss[]): string {
	if (role !== 'tool' && role !== 'opaque') return role;
	losses.push({ code: 'role', role });
	return 'user';
}

/** What a part is as an item of its own; none for reasoning that does not go back. */
export function sayItem(part: Part, message: Message, model: string, losses: Loss[]): Json[] {
	const related = isRelated(message, model);
	if (part.type === 'tool-call') return [sayCall(part)];
	if (part.type === 'tool-result') return [sayResult(part, message, losses)];
	if (part.type === 'reasoning') {
		if (part.encrypted === undefined) return [];
		if (related) return [sayReasoning(part)];
		losses.push({ code: 'foreign-reasoning', model: originOf(message) ?? '' });
		return [];
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

/**
 * Only what is encrypted goes back; its `summary` is required, even where it is empty. Where the text stood in more than
 * one piece, the pieces go back as they came.
 */
function sayReasoning(part: Part & { type: 'reasoning' }): Json {
	const { text, encrypted } = part;
	const kept = part.extra?.responses ?? {};
	const isKept = reasoningTextOf(kept) === text && ('summary' in kept || 'content' in kept);
	const summary = isKept ? (kept.summary ?? []) : text === '' ? [] : [newSummary(text)];
	return sayWithExtra('responses', part, {
		type: 'reasoning',
		summary,
		...(encrypted !== undefined && { encrypted_content: encrypted })
	});
}

function newSummary(text: string): Json {
	return { type: 'summary_text', text };
}

/** What a tool gave: a string, or a list where one text does not say it all. */
function sayResult(part: Part & { type: 'tool-result' }, message: Message, losses: Loss[]): Json {
	const { id, parts, status } = part;
	if (status === 'error') losses.push({ code: 'tool-status' });
	const list = parts.flatMap((inner) => {
		const said = sayPart(inner, message.role);
		if (said === undefined) losses.push({ code: 'part', type: inner.type });
		return said === undefined ? [] : [said];
	});
	const bare = message.as === 'list' ? undefined : sayBare('responses', parts);
	const output = bare ?? (list.length === 0 && message.as !== 'list' ? '' : list);
	return sayWithExtra('responses', part, { type: 'function_call_output', call_id: id, output });
}

/** A function that a model may call. */
export function sayTool(tool: Tool & { type: 'function' }): Json {
	return sayWithExtra('responses', tool, { type: 'function', ...sayFunction(tool) });
}

function sayToolFields({ tools, toolChoice }: Draft, losses: Loss[]): JsonObject {
	const said = sayTools('responses', tools, sayTool, losses);
	const choice =
		typeof toolChoice === 'object' ? { type: 'function', name: toolChoice.name } : toolChoice;
	return {
		...(said.length > 0 && { tools: said }),
		...(choice !== undefined && { tool_choice: choice })
	};
}
