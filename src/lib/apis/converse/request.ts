import type { Draft, Guardrail, Message, Part } from '../../model/draft.ts';
import { mergeJson } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Target } from '../../model/request.ts';
import type { Built, Loss, Mend } from '../api.ts';
import { mend } from '../mend.ts';
import type { MendRules } from '../mend.ts';
import { sayParams } from '../params.ts';
import { newPost } from '../post.ts';
import {
	findExtraLosses,
	isRelated,
	originOf,
	sayBody,
	sayOpaqueMessage,
	sayWithExtra
} from '../words.ts';
import { nameDocumentsApart, nameUsedTools } from './demands.ts';
import { headOf } from './head.ts';
import { joinNeighbours } from './join.ts';
import type { Said } from './join.ts';
import { sayOutput } from './output.ts';
import { params } from './params.ts';
import { lossOf, sayPart } from './parts.ts';
import { sayToolConfig } from './tools.ts';

/** The request that a draft makes on Converse, what of it is lost there, and what was mended. */
export function build(draft: Draft, target: Target): Built {
	const rules: MendRules = {
		say: (message, losses) => sayMessage(message, draft.model, losses),
		startsWithUser: true,
		objectInput: true
	};
	const { draft: mended, losses, mends } = mend(draft, rules);
	if (draft.chain !== undefined) losses.push({ code: 'chain' });
	const body = sayDraft(mended, losses, mends);
	losses.push(...findExtraLosses('converse', draft, mended.messages));
	return { request: newPost(headOf(draft, target), body), losses, mends };
}

/** What a draft is as a body. */
export function sayDraft(draft: Draft, losses: Loss[], mends: Mend[] = []): JsonObject {
	const { system, guardrail } = draft;
	const said = sayMessages(draft, losses, mends);
	const messages =
		draft.mend === false ? said.map(({ wire }) => wire) : joinNeighbours(said, mends);
	const lead = system === undefined ? [] : sayParts(system, draft.model, losses);
	const words = {
		...(messages.length > 0 && { messages }),
		...(lead.length > 0 && { system: lead }),
		...mergeJson(sayParams(draft, params, losses), sayOutput(draft, losses)),
		...sayToolConfig(draft, losses),
		...(guardrail !== undefined && { guardrailConfig: sayGuardrail(guardrail, draft, losses) })
	};
	const body = sayBody('converse', draft, words, losses);
	if (draft.mend === false) return body;
	return { ...body, ...nameUsedTools(said, body.toolConfig, mends) };
}

function sayGuardrail(
	{ id, version, trace, processing }: Guardrail,
	{ stream }: Draft,
	losses: Loss[]
): JsonObject {
	const isSaid = processing !== undefined && stream === true;
	if (processing !== undefined && !isSaid) losses.push({ code: 'guardrail-processing' });
	return {
		guardrailIdentifier: id,
		guardrailVersion: version,
		...(trace !== undefined && { trace }),
		...(isSaid && { streamProcessingMode: processing })
	};
}

function sayMessages({ messages, model, mend }: Draft, losses: Loss[], mends: Mend[]): Said[] {
	const said = messages.flatMap((message) => {
		return sayMessage(message, model, losses).map((wire) => ({ message, wire }));
	});
	return mend === false ? said : nameDocumentsApart(said, mends);
}

/** The message on the wire; none for what another API kept whole, and for an answer of which nothing is sent back. */
export function sayMessage(message: Message, model: string, losses: Loss[]): Json[] {
	const whole = sayOpaqueMessage('converse', message);
	if (whole !== undefined) return [whole];
	const content = sayParts(message, model, losses);
	if (content.length === 0 && message.parts.length > 0) return [];
	return [sayWithExtra('converse', message, { role: sayRole(message, losses), content })];
}

function sayRole({ role, parts }: Message, losses: Loss[]): string {
	if (role === 'user' || role === 'assistant' || role === 'system') return role;
	const isResult = role === 'tool' && parts.some(({ type }) => type === 'tool-result');
	if (!isResult) losses.push({ code: 'role', role });
	return role === 'developer' ? 'system' : 'user';
}

function sayParts(message: Message, model: string, losses: Loss[]): Json[] {
	return message.parts.flatMap((part) => {
		if (part.type === 'reasoning' && isLeftOut(part, message, model, losses)) return [];
		const said = sayPart(part, losses);
		if (said === undefined) losses.push(lossOf(part));
		return said === undefined ? [] : [said];
	});
}

/**
 * Reasoning of an answer goes back only sealed by this API, and only to the family of models that sealed it. What has no
 * seal no service takes back, so leaving it out is no loss.
 */
function isLeftOut(
	part: Part & { type: 'reasoning' },
	message: Message,
	model: string,
	losses: Loss[]
): boolean {
	const sealed = part.signature !== undefined || part.redacted !== undefined;
	const origin = originOf(message);
	if (origin === undefined) return part.encrypted !== undefined && !sealed;
	if (sealed && !isRelated(message, model))
		losses.push({ code: 'foreign-reasoning', model: origin });
	return !sealed || !isRelated(message, model);
}
