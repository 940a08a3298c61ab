import type { Draft, Message, Part } from '../model/draft.ts';
import { isJsonObject } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import { readApproval, readApprovalRequest } from '../model/approvals.ts';
import { answeredBy, readInput } from '../model/tool-calls.ts';
import type { Loss, Mend, MendCode } from './api.ts';

/** What an API makes of a message, and what it demands beyond what all of them do. */
export interface MendRules {
	/** What a message is on the wire; nothing where no part of it goes back. */
	say: (message: Message, losses: Loss[]) => Json[];
	/** Whether the first message must be a user's. */
	startsWithUser?: boolean;
	/** Whether the arguments of a call must be an object; JSON text of any kind will do elsewhere. */
	objectInput?: boolean;
}

/** A draft that can be sent, what was mended for that, and what was lost by it. */
export interface Mended {
	draft: Draft;
	mends: Mend[];
	losses: Loss[];
}

/**
 * The draft without what no service takes back: blank texts, answers that never came, halves of tool calls. Only of
 * the page's own transcript: what has no id was read from a request that somebody wrote, and stays as they wrote it.
 */
export function mend(draft: Draft, rules: MendRules): Mended {
	if (draft.mend === false) return { draft, mends: [], losses: [] };
	const mender = new Mender(rules, draft.chain !== undefined);
	const { system, ...rest } = draft;
	const messages = mender.mendMessages(draft.messages);
	const lead = system && mender.mendSystem(system);
	const { mends, losses } = mender;
	return { draft: { ...rest, ...(lead && { system: lead }), messages }, mends, losses };
}

class Mender {
	readonly mends: Mend[] = [];
	readonly losses: Loss[] = [];

	constructor(
		readonly rules: MendRules,
		/** The service remembers messages that are not here. */
		readonly isChained: boolean
	) {}

	mendSystem(system: Message): Message | undefined {
		if (!isOwn(system)) return system;
		if (system.parts.every(isBlank)) {
			this.#note('blank-system', system);
			return undefined;
		}
		return this.#without(system, isBlank, 'blank-text');
	}

	mendMessages(all: readonly Message[]): Message[] {
		const answered = new Set(all.flatMap(findResultIds));
		const isLost = (part: Part): boolean => isCut(part) && !answered.has(idOf(part));
		let messages = all.map((one) => {
			const whole = this.#without(this.#withoutThoughts(one), isBlank, 'blank-text');
			return this.#wrapInputs(this.#without(whole, isLost, 'cut-call'));
		});
		// What one rule leaves out can be what another one needs, until nothing changes.
		for (let before = -1; before !== countParts(messages);) {
			before = countParts(messages);
			messages = this.#pairCalls(messages).map((one) => this.#endWithWords(one));
			messages = this.#dropLeadingAnswers(messages.filter((one) => !this.#isEmpty(one)));
		}
		return this.#trimEnd(messages);
	}

	/** Thoughts stand in answers only: a message that was one keeps them for the case that it becomes one again. */
	#withoutThoughts(message: Message): Message {
		if (message.role === 'assistant' || !isOwn(message)) return message;
		const { parts } = this.#without(message, isReasoning, 'misplaced-reasoning');
		return { ...message, parts: parts.map(withoutLead) };
	}

	/** An answer that ends the messages is there to be continued, and services refuse white space at its end. */
	#trimEnd(messages: Message[]): Message[] {
		const message = messages.at(-1);
		const last = message?.parts.at(-1);
		if (message?.role !== 'assistant' || !isOwn(message)) return messages;
		if (last?.type !== 'text' || last.extra !== undefined || !/\s$/.test(last.text))
			return messages;
		this.#note('trailing-space', message);
		const parts = message.parts.with(-1, { ...last, text: last.text.trimEnd() });
		return messages.with(-1, { ...message, parts });
	}

	/** Puts arguments that no service takes back into an object, in a call that was answered all the same. */
	#wrapInputs(message: Message): Message {
		const isOdd = (part: Part): part is Part & { type: 'tool-call' } =>
			isCut(part) || (this.rules.objectInput === true && isNoObject(part));
		if (!isOwn(message) || !message.parts.some(isOdd)) return message;
		const parts = message.parts.map((part) => {
			if (!isOdd(part)) return part;
			this.#note('wrapped-input', message);
			return { ...part, input: JSON.stringify({ invalid_json: part.input }) };
		});
		return { ...message, parts };
	}

	/** Leaves out calls without a result and results without a call. */
	#pairCalls(messages: Message[]): Message[] {
		const called = new Set(messages.flatMap(({ parts }) => parts.flatMap(callIdOf)));
		const answered = new Set<string>();
		const isUnanswered = (part: Part): boolean => {
			const id = part.type === 'tool-call' ? part.id : readApprovalRequest(part)?.id;
			return id !== undefined && !answered.has(id);
		};
		const isOrphan = (part: Part): boolean => {
			const id = answeredBy(part);
			return id !== undefined && !called.has(id);
		};
		const paired: Message[] = [];
		// From the end, so that a call is looked at when all results after it are known.
		for (const message of messages.toReversed()) {
			for (const id of findResultIds(message)) answered.add(id);
			const kept = this.#without(message, isUnanswered, 'unanswered-call');
			paired.push(this.isChained ? kept : this.#without(kept, isOrphan, 'orphan-result'));
		}
		return paired.reverse();
	}

	/** Leaves out reasoning at the end of an answer: services refuse it there. */
	#endWithWords(message: Message): Message {
		if (message.role !== 'assistant') return message;
		const last = message.parts.findLastIndex(({ type }) => type !== 'reasoning');
		const after = message.parts.slice(last + 1);
		const isSaid = after.length > 0 && this.rules.say({ ...message, parts: after }, []).length > 0;
		if (last === -1 || !isSaid) return message;
		return this.#without(message, (part) => after.includes(part), 'trailing-reasoning');
	}

	#isEmpty(message: Message): boolean {
		// Every API says a text.
		if (!isOwn(message) || message.parts.some(({ type }) => type === 'text')) return false;
		const lost: Loss[] = [];
		const { parts } = message;
		const isThinking = parts.every(({ type }) => type === 'reasoning');
		if (!isThinking && this.rules.say(message, lost).length > 0) return false;
		this.losses.push(...lost);
		this.#note('empty-message', message);
		return true;
	}

	#dropLeadingAnswers(messages: Message[]): Message[] {
		if (this.rules.startsWithUser !== true) return messages;
		const start = messages.findIndex((one) => !isOwn(one) || one.role !== 'assistant');
		const dropped = start === -1 ? messages : messages.slice(0, start);
		for (const message of dropped) this.#note('leading-answer', message);
		return messages.slice(dropped.length);
	}

	/** `message` without the parts that are `bad`, if it is the page's own. */
	#without(message: Message, bad: (part: Part) => boolean, code: MendCode): Message {
		if (!isOwn(message) || !message.parts.some(bad)) return message;
		for (const part of message.parts.filter(bad)) {
			// Said of the message as a whole when it is left out.
			if (code !== 'blank-text' || !message.parts.every(bad)) this.#note(code, message);
			if (code === 'cut-call' && part.type === 'tool-call') {
				this.losses.push({ code, name: part.name });
			}
		}
		return { ...message, parts: message.parts.filter((part) => !bad(part)) };
	}

	#note(code: MendCode, { id }: Message): void {
		this.mends.push({ code, message: id });
	}
}

/** Whether a message is of the page's own transcript, and has words for what it is. */
function isOwn({ id, role }: Message): boolean {
	return id !== '' && role !== 'opaque';
}

function isReasoning({ type }: Part): boolean {
	return type === 'reasoning';
}

function withoutLead(part: Part): Part {
	if (part.type !== 'text' || part.lead === undefined) return part;
	const { lead: _, ...rest } = part;
	return rest;
}

function isBlank(part: Part): boolean {
	const isText = part.type === 'text' || part.type === 'refusal';
	return isText && part.extra === undefined && part.text.trim() === '';
}

/** A call whose arguments end before their JSON does, or never were any. */
function isCut(part: Part): boolean {
	return part.type === 'tool-call' && readInput(part.input) === undefined;
}

/** A call whose arguments are JSON, but no object. */
function isNoObject(part: Part): boolean {
	return part.type === 'tool-call' && !isJsonObject(readInput(part.input));
}

function idOf(part: Part): string {
	return part.type === 'tool-call' ? part.id : '';
}

function countParts(messages: readonly Message[]): number {
	return messages.reduce((sum, { parts }) => sum + 1 + parts.length, 0);
}

function callIdOf(part: Part): string[] {
	if (part.type === 'tool-call') return [part.id];
	const asked = readApprovalRequest(part);
	if (asked !== undefined) return [asked.id];
	return part.type === 'opaque' ? findIds(part.value) : [];
}

/** The calls that a message has results for, also where a result was kept whole. */
function findResultIds(message: Message): string[] {
	const beside = Object.values(message.extra ?? {}).flatMap(findIds);
	const inside = message.parts.flatMap((part) => {
		const id = part.type === 'tool-result' ? part.id : readApproval(part)?.request;
		if (id !== undefined) return [id];
		return part.type === 'opaque' ? findIds(part.value) : [];
	});
	return [...beside, ...inside];
}

const idFields = new Set(['toolUseId', 'tool_call_id', 'call_id']);

/** Ids of calls anywhere in a value, by the services' names for them. */
function findIds(value: Json): string[] {
	if (Array.isArray(value)) return value.flatMap(findIds);
	if (!isJsonObject(value)) return [];
	return Object.entries(value).flatMap(([key, item]) => {
		return idFields.has(key) && typeof item === 'string' ? [item] : findIds(item);
	});
}
