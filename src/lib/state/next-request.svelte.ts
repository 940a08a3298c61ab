import type { Mend } from '../apis/api.ts';
import type { Draft, Message } from '../model/draft.ts';
import type { HttpRequest } from '../model/request.ts';
import type { Conversation } from './conversation.svelte.ts';
import { isBlank } from './editor.svelte.ts';
import { draftOf, saysSomething } from './plan.ts';

/**
 * What Send would send, as of the last pause in typing. Each view of it is made only where it is shown, and what costs by
 * the length of the conversation is made when that changes, not at every letter of the next message.
 */
export class NextRequest {
	readonly #of: Conversation;

	constructor(conversation: Conversation) {
		this.#of = conversation;
	}

	readonly draft: Draft = $derived.by(() => {
		const { typed, settled } = this.#of.editor;
		return typed?.draft ?? this.#draftWith(settled);
	});

	readonly built = $derived.by(() => {
		const { typed } = this.#of.editor;
		const built = this.#build(this.draft);
		if (typed === undefined) return built;
		return { ...built, request: { ...built.request, body: typed.settled }, mends: typed.mends };
	});

	/** Bytes of its body. */
	readonly size: number = $derived.by(() => {
		const { settled, typed } = this.#of.editor;
		if (typed !== undefined) return countBytes(typed.settled);
		if (isBlank(settled)) return this.#bytesWithoutText;
		// `"x"` stands where the text will: what differs is the text as JSON.
		return this.#bytesWithX - 3 + countBytes(JSON.stringify(settled.toWellFormed()));
	});

	/** What of the transcript is changed so that it can be sent, whatever its text; of a typed body what would be. */
	readonly mends: readonly Mend[] = $derived.by(() => {
		const { settled, typed } = this.#of.editor;
		if (typed !== undefined) return typed.mends;
		return isBlank(settled) ? this.#withoutText.mends : this.#withX.mends;
	});

	/** Where it goes, without the cost of its body. */
	readonly head: HttpRequest = $derived.by(() => {
		const { system: _, extra: __, ...settings } = this.#of.editor.settings;
		return this.#build({ ...settings, messages: [] }).request;
	});

	/**
	 * Whether there is nothing to send: a service refuses an empty input, or answers it at random. An answer that
	 * was given here asks for nothing; one that was written or brought along may be there to be continued. What somebody typed
	 * is sent, unless it is no request at all.
	 */
	readonly isEmpty: boolean = $derived.by(() => {
		const { settled, typed } = this.#of.editor;
		if (typed !== undefined) return typed.draft === undefined;
		if (!isBlank(settled)) return false;
		const last = this.#of.base.findLast(saysSomething);
		return last === undefined || last.message.from !== undefined;
	});

	readonly #withoutText = $derived.by(() => this.#build(this.#draftWith('')));
	readonly #withX = $derived.by(() => this.#build(this.#draftWith('x')));
	readonly #bytesWithoutText = $derived.by(() => countBytes(this.#withoutText.request.body));
	readonly #bytesWithX = $derived.by(() => countBytes(this.#withX.request.body));

	#build(draft: Draft) {
		return this.#of.api.build(draft, this.#of.target);
	}

	#draftWith(text: string): Draft {
		const { editor, base, chain } = this.#of;
		const draft = draftOf(editor.settings, base, editor.resend ? undefined : chain);
		if (isBlank(text)) return draft;
		const message: Message = { id: 'next', role: 'user', parts: [{ type: 'text', text }] };
		return { ...draft, messages: [...draft.messages, message] };
	}
}

function countBytes(text = ''): number {
	return new TextEncoder().encode(text).length;
}
