import '../apis/builders.ts';
import { getOwn } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import type { Chain, Draft } from '../model/draft.ts';
import { isBlank } from '../model/written.ts';
import type { Conversation } from './conversation.svelte.ts';

/** What goes out one way. */
export interface Outgoing {
	/** Items of its `input`. */
	items: number;
	/** Bytes of its body. */
	bytes: number;
}

/** What the next request would be both ways: continuing the stored response, and with the whole history. */
export class TwoWays {
	readonly #conversation: () => Conversation;

	constructor(conversation: () => Conversation) {
		this.#conversation = conversation;
	}

	/** What Send sends. */
	readonly now: Outgoing = $derived.by(() => {
		const { editor } = this.#conversation();
		if (editor.typed !== undefined) return weigh(editor.typed.settled);
		return (editor.resend ? undefined : this.chained) ?? this.resent;
	});

	/** What it would be if it continued the stored response; undefined where there is none. */
	readonly chained: Outgoing | undefined = $derived.by(() => {
		const { chain } = this.#conversation();
		return chain && this.#withText(this.#chainedX);
	});

	/** What it would be with the whole history. */
	readonly resent: Outgoing = $derived.by(() => this.#withText(this.#resentX));

	/**
	 * What the service remembers by what this browser has stored of it, in bytes as they would be sent again, and how many
	 * answers that is; undefined where nothing is continued.
	 */
	readonly remembered: { turns: number; bytes: number } | undefined = $derived.by(() => {
		const { chain, editor, base } = this.#conversation();
		if (chain === undefined || editor.resend || editor.typed !== undefined) return undefined;
		const covered = base.slice(0, base.findIndex(({ id }) => id === chain.after) + 1);
		const turns = covered.filter(({ message: { role, parts } }) => {
			return role === 'assistant' && parts.length > 0;
		}).length;
		const bytes = this.#resentX.bytes - (this.#chainedX.bytes - bytesOfId(chain));
		return { turns, bytes };
	});

	// With `x` in place of the text, so that nothing is built at each pause in typing.
	readonly #chainedX = $derived.by(() => this.#build(this.#conversation().chain));
	readonly #resentX = $derived.by(() => this.#build(undefined));

	readonly #isWritten = $derived.by(() => !isBlank(this.#conversation().editor.settled));

	#build(chain: Chain | undefined): Outgoing {
		const { next, api, target } = this.#conversation();
		const draft = withoutChain(next.draftWith(this.#isWritten ? 'x' : ''));
		return weigh(api.build({ ...draft, ...(chain && { chain }) }, target).request.body);
	}

	#withText({ items, bytes }: Outgoing): Outgoing {
		const { settled } = this.#conversation().editor;
		if (isBlank(settled)) return { items, bytes };
		return { items, bytes: bytes - 3 + countBytes(JSON.stringify(settled)) };
	}
}

/** The draft as one that continues nothing: all its messages are sent. */
export function withoutChain({ chain: _, ...draft }: Draft): Draft {
	return draft;
}

/** What a body is: its items and its bytes. One that is no JSON has no items. */
export function weigh(body = ''): Outgoing {
	return { items: countItems(body), bytes: countBytes(body) };
}

export function countBytes(text: string): number {
	return new TextEncoder().encode(text).length;
}

function countItems(body: string): number {
	try {
		// Numbers that JavaScript cannot hold make no difference to how many items there are.
		const input = getOwn(JSON.parse(body) as Json, 'input');
		return Array.isArray(input) ? input.length : input === undefined ? 0 : 1;
	} catch {
		// Somebody is still typing it.
		return 0;
	}
}

/** Bytes of the line that names the response in a body, with its comma and its line break. */
function bytesOfId({ responseId }: Chain): number {
	return countBytes(`\n  "previous_response_id": ${JSON.stringify(responseId)},`);
}
