import type { Mend } from '../apis/api.ts';
import { ReadError } from '../apis/api.ts';
import '../apis/builders.ts';
import { apis } from '../apis/index.ts';
import { newId } from '../model/draft.ts';
import type { Chain, Draft, Message } from '../model/draft.ts';
import { findJsonProblem } from '../model/json-problem.ts';
import type { BodyProblem } from '../model/json-problem.ts';
import { readDeepJson } from '../model/json-text.ts';
import { equalJson, subtractJson } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import type { RequestSettings, Turn } from '../model/turn.ts';
import { draftOf } from '../model/turns.ts';
import { partsOf, saysNothing, unwritten } from '../model/written.ts';
import type { Written } from '../model/written.ts';
import type { Conversation } from './conversation.svelte.ts';
import type { Form } from './editor.svelte.ts';
import { referFiles } from './refer-files.ts';
import { writtenOf } from './repair.ts';

/** How long nobody has to type before the text is read, in ms. */
const pause = 200;

/** What a text says: the request that it is, or why it is none. */
type Reading = { text: string } & (
	| {
			draft: Draft;
			/** The same with ids for its messages, as if these were the page's own. */
			owned: Draft;
			/** What would be mended if these were the page's own messages: said, and not done. */
			mends: readonly Mend[];
	  }
	| { problem: BodyProblem }
);

/** Where a typed body stands in the tree: what it begins with alike, and what is new in it. */
interface Place {
	base: readonly Turn[];
	messages: readonly Message[];
	chain: Chain | undefined;
}

/**
 * The body of the next request as somebody types it. While it stands it is what is sent, byte for byte. What it says goes
 * into the form after each pause, but for the messages: they become turns when it is sent, or when the form goes on.
 */
export class TypedBody {
	readonly #of: Conversation;
	/** What the form said before. */
	readonly #before: Form;
	#text = $state('');
	#reading: Reading = $state.raw({ text: '', problem: { code: 'not-an-object' } });
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(conversation: Conversation, text: string) {
		this.#of = conversation;
		this.#before = conversation.editor.form;
		this.#text = text;
		this.settle();
	}

	/** The text as it is typed. */
	get text(): string {
		return this.#text;
	}

	/** The text as of the last pause: what is sent. */
	get settled(): string {
		return this.#reading.text;
	}

	get problem(): BodyProblem | undefined {
		return 'problem' in this.#reading ? this.#reading.problem : undefined;
	}

	/** The request that it is; undefined where it is none. */
	get draft(): Draft | undefined {
		return 'draft' in this.#reading ? this.#reading.draft : undefined;
	}

	/** The request with ids for its messages, by which a warning names what its button mends. */
	get owned(): Draft | undefined {
		return 'owned' in this.#reading ? this.#reading.owned : undefined;
	}

	get mends(): readonly Mend[] {
		return 'mends' in this.#reading ? this.#reading.mends : [];
	}

	type(text: string): void {
		this.#text = text;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.settle(), pause);
	}

	/** Reads what was typed without waiting for a pause. */
	settle(): void {
		clearTimeout(this.#timer);
		// Something else may have taken its place, but for when it is made.
		const { typed } = this.#of.editor;
		if (this.#reading.text === this.#text || (typed !== undefined && typed !== this)) return;
		this.#reading = this.#read();
		if ('draft' in this.#reading) this.#of.editor.adopt(this.#formOf(this.#reading));
	}

	/** Throws it away: the form is as it was before. */
	discard(): void {
		clearTimeout(this.#timer);
		this.#of.editor.typed = undefined;
		this.#of.editor.adopt(this.#before);
	}

	/** Makes what was typed the form's own, messages too. What is no request stands as it is. */
	leave(): void {
		this.settle();
		const { draft } = this;
		if (draft === undefined) return;
		const { editor, tree } = this.#of;
		const { base, messages, chain } = this.#place(draft);
		const isWritten = this.#written(draft.messages.at(-1)) !== unwritten;
		const added = newTurns(this.#of, base, isWritten ? messages.slice(0, -1) : messages);
		const isSame = added.length === 0 && base.length === this.#of.base.length;
		editor.typed = undefined;
		if (chain?.after === '') this.#keepChain(draft);
		if (!isSame) tree.branch(added, base.at(-1)?.id);
	}

	/** What sends it: the turns of its messages, those of them that are new, and the response it continues. */
	plan(): { path: Turn[]; added: Turn[]; chain: Chain | undefined } | undefined {
		this.settle();
		if (this.draft === undefined) return undefined;
		const { base, messages, chain } = this.#place(this.draft);
		const [only, ...others] = messages;
		const parent = base.at(-1)?.id;
		const known = others.length === 0 && only && this.#of.tree.findUnanswered(only, parent);
		if (known) return { path: [...base, known], added: [], chain };
		const added = newTurns(this.#of, base, messages);
		return { path: [...base, ...added], added, chain };
	}

	#read(): Reading {
		const text = this.#text;
		const { api, target } = this.#of;
		try {
			const request: HttpRequest = { ...this.#of.next.head, body: text };
			const draft = apis[api.id].read(request);
			const owned = { ...draft, messages: draft.messages.map(withId) };
			return { text, draft, owned, mends: api.build(owned, target).mends };
		} catch (error) {
			const problem = findJsonProblem(text);
			if (problem !== undefined) return { text, problem: { code: 'not-json', ...problem } };
			const isDeep = error instanceof ReadError && error.code === 'too-deep';
			return { text, problem: { code: isDeep ? 'too-deep' : 'not-an-object' } };
		}
	}

	/** What the form says once the body is taken up; what the body can't say on this API stays as it was. */
	#formOf({ draft, mends }: { draft: Draft; mends: readonly Mend[] }): Form {
		const { api, editor, target, chain } = this.#of;
		const { messages, chain: continued, endpoint: _, prefix: __, extra, ...said } = draft;
		const { settings } = editor;
		const others = Object.entries(settings.params).filter(([name]) => !(name in api.params));
		const { [api.id]: ___, ...otherExtra } = settings.extra ?? {};
		const kept = { ...otherExtra, ...extra };
		const guards = api.guardrail?.endpoints.includes(target.endpoint) === true;
		const { endpoint, prefix, guardrail, system } = settings;
		const next: RequestSettings = {
			...said,
			params: { ...Object.fromEntries(others), ...said.params },
			...(endpoint && { endpoint }),
			...(prefix && { prefix }),
			...(!guards && guardrail && { guardrail }),
			...(said.system && { system: ownSystem(system, said.system) }),
			...(mends.length > 0 && { mend: false as const }),
			...(Object.keys(kept).length > 0 && { extra: kept })
		};
		return {
			settings: next,
			written: this.#written(messages.at(-1)),
			resend: continued === undefined ? chain !== undefined || editor.resend : false
		};
	}

	/** A message as it stands in the composer; nothing, where it is not what the composer makes. */
	#written(message: Message | undefined): Written {
		if (message?.role !== 'user' || message.as !== undefined || message.extra !== undefined) {
			return unwritten;
		}
		const [named = message] = referFiles([message], this.#of.files);
		const written = writtenOf(named.parts);
		const isWhole = equalJson(partsOf(written) as unknown as Json, named.parts as unknown as Json);
		const isResult = message.parts.some(({ type }) => type === 'tool-result');
		return isWhole && !isResult && !saysNothing(written) ? written : unwritten;
	}

	/** The longest beginning of the branch that the body begins with too, and what comes after it. */
	#place(draft: Draft): Place {
		const { base, chain } = this.#of;
		const continued = draft.chain;
		if (continued !== undefined && continued.responseId !== chain?.responseId) {
			return { base: [], messages: draft.messages, chain: continued };
		}
		const known = continued === undefined ? undefined : chain;
		const start = base.findIndex(({ id }) => id === known?.after) + 1;
		const said = (count: number): readonly Message[] => this.#said(base.slice(0, count), known);
		const fits = (count: number): boolean => isBeginning(said(count), draft.messages);
		let [least, most] = [start, base.length];
		if (fits(most)) least = most;
		while (least < most) {
			const middle = Math.ceil((least + most) / 2);
			if (fits(middle)) least = middle;
			else most = middle - 1;
		}
		const common = least === start && !fits(start) ? 0 : said(least).length;
		return { base: base.slice(0, least), messages: draft.messages.slice(common), chain: known };
	}

	/** What the messages of turns are in a body, read as the typed one is. */
	#said(turns: readonly Turn[], chain: Chain | undefined): readonly Message[] {
		const { api, editor, target } = this.#of;
		const draft = this.#of.files.inline(draftOf(editor.settings, turns, chain));
		const { request } = api.build(draft, target);
		return apis[api.id].read(request).messages;
	}

	/** A response that nobody here knows is continued by the field that names it, kept as it was typed. */
	#keepChain({ chain: _, ...draft }: Draft): void {
		const { api, editor, target } = this.#of;
		const without = readDeepJson(api.build(draft, target).request.body ?? '{}') as JsonObject;
		const field = subtractJson(readDeepJson(this.#reading.text) as JsonObject, without);
		const extra = { ...editor.settings.extra };
		extra[api.id] = { ...extra[api.id], ...field };
		editor.adopt({ ...editor.form, settings: { ...editor.settings, extra } });
	}
}

/** Begins to type the body of a conversation's next request. */
export function typeBody(conversation: Conversation, text: string): TypedBody {
	conversation.editor.typed = undefined;
	const typed = new TypedBody(conversation, text);
	conversation.editor.typed = typed;
	return typed;
}

/** Turns for messages, each after the one before, the first after the last of `base`. */
function newTurns(
	{ tree, files }: Conversation,
	base: readonly Turn[],
	messages: readonly Message[]
): Turn[] {
	let parent = base.at(-1)?.id;
	return referFiles(messages, files).map((message) => {
		const turn = tree.newTurn({ ...message, id: newId() }, parent);
		parent = turn.id;
		return turn;
	});
}

function isBeginning(some: readonly Message[], all: readonly Message[]): boolean {
	return some.every((one, i) => {
		return equalJson(one as unknown as Json, all[i] as unknown as Json | undefined);
	});
}

function withId(message: Message, index: number): Message {
	return { ...message, id: `typed-${index}` };
}

/** The system prompt as typed; with the id that it has, where it says the same. */
function ownSystem(before: Message | undefined, typed: Message): Message {
	const isSame =
		before !== undefined &&
		equalJson({ ...before, id: '' } as unknown as Json, typed as unknown as Json);
	return isSame ? before : { ...typed, id: newId() };
}
