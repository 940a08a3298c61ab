import type { Built, Mend } from '../apis/api.ts';
import type { FoundWarning, Warning } from '../checks/check.ts';
import type { Draft, Message, ParamName } from '../model/draft.ts';
import type { JsonPath } from '../model/json-path.ts';
import { bytesAsJson } from '../model/json-size.ts';
import type { RequestHead } from '../model/request.ts';
import { draftOf, saysSomething } from '../model/turns.ts';
import { isBlank, partsOf, saysNothing } from '../model/written.ts';
import type { Conversation } from './conversation.svelte.ts';
import { LongTexts } from './long-texts.svelte.ts';

const none: readonly FoundWarning[] = [];

/**
 * What Send would send, as of the last pause in typing. Each view of it is made only where it is shown, and what costs by
 * the length of the conversation is made when that changes, not at every letter of the next message.
 */
export class NextRequest {
	readonly #of: Conversation;

	constructor(conversation: Conversation) {
		this.#of = conversation;
	}

	readonly draft: Draft = $derived.by(
		this.#keepDuringRun(() => {
			const { typed, settled } = this.#of.editor;
			return typed?.draft ?? this.draftWith(settled);
		})
	);

	readonly built = $derived.by(() => {
		const { typed } = this.#of.editor;
		const built = this.#build(this.draft);
		if (typed === undefined) return built;
		return { ...built, request: { ...built.request, body: typed.settled }, mends: typed.mends };
	});

	/** Bytes of its body. */
	readonly size: number = $derived.by(
		this.#keepDuringRun(() => {
			const { settled, typed } = this.#of.editor;
			if (typed !== undefined) return countBytes(typed.settled);
			if (isBlank(settled)) return this.#bytesWithoutText;
			// `"x"` stands where the text will: what differs is the text as JSON.
			return this.#bytesWithX - 3 + bytesAsJson(settled);
		})
	);

	/** What of the transcript is changed so that it can be sent, whatever its text; of a typed body what would be. */
	readonly mends: readonly Mend[] = $derived.by(
		this.#keepDuringRun(() => {
			const { settled, typed } = this.#of.editor;
			if (typed !== undefined) return typed.mends;
			return isBlank(settled) ? this.#withoutText.mends : this.#withX.mends;
		})
	);

	/** What is known to go wrong with it; none until the rules are loaded, which the page does when it is idle. */
	readonly warnings: readonly FoundWarning[] = $derived.by(
		this.#keepDuringRun(() => {
			const { api, target, rules, editor, history } = this.#of;
			const draft = editor.typed?.owned ?? this.draft;
			const found = rules?.warningsOf({ draft, api, target, ...(history && { history }) }) ?? none;
			// The same list, so that what shows none is not drawn anew at each pause.
			return found.length === 0 ? none : found;
		})
	);

	/** Whether it is known to be refused, and therefore not sent. */
	readonly isRefused: boolean = $derived.by(() => this.warnings.some(({ refuses }) => refuses));

	/** Whether there is something to say of it before it is sent. */
	readonly hasNotes: boolean = $derived.by(() => {
		const { settings, typed } = this.#of.editor;
		const isAsItStands = typed !== undefined || settings.mend === false;
		return isAsItStands || this.mends.length > 0 || this.warnings.length > 0;
	});

	/** The warnings that are shown at a parameter. */
	warningsAt(param: ParamName): readonly FoundWarning[] {
		return this.#warningsWhere((at) => 'param' in at && at.param === param);
	}

	/** The warnings that are shown at a setting that is no parameter. */
	warningsAtSetting(setting: 'output' | 'tools'): readonly FoundWarning[] {
		return this.#warningsWhere((at) => 'setting' in at && at.setting === setting);
	}

	/** The warnings that are shown at fields that a draft has no word for, by their paths in the body. */
	warningsAtField(isThere: (path: JsonPath) => boolean): readonly FoundWarning[] {
		return this.#warningsWhere((at) => 'field' in at && isThere(at.field));
	}

	/** The warnings that are shown at a message, by its id. */
	warningsAtMessage(id: string): readonly FoundWarning[] {
		return this.#warningsWhere((at) => 'message' in at && at.message === id);
	}

	#warningsWhere(isThere: (at: NonNullable<Warning['at']>) => boolean): readonly FoundWarning[] {
		if (this.warnings === none) return none;
		return this.warnings.filter(({ at }) => at !== undefined && isThere(at));
	}

	/**
	 * Gives what `make` makes. While a run goes on it gives what was made before it, which is the request of that run, until
	 * something is written or changed: what follows an answer is worked out once, when the answer is there.
	 */
	#keepDuringRun<T>(make: () => T): () => T {
		let before: { value: T; from: readonly unknown[] } | undefined;
		return () => {
			const { live, editor, target, rules, canBuild } = this.#of;
			const from = [editor.settings, editor.resend, editor.typed, target.base, rules, canBuild];
			if (live === undefined) {
				before = { value: make(), from };
				return before.value;
			}
			const isWritten = !saysNothing({ text: editor.settled, parts: editor.parts });
			const isSame = before?.from.every((one, i) => one === from[i]);
			return before !== undefined && isSame && !isWritten ? before.value : make();
		};
	}

	/** Where it goes, without the cost of its body. */
	readonly head: RequestHead = $derived.by(() => {
		const { api, editor, target } = this.#of;
		return api.headOf({ ...editor.settings, messages: [] }, target);
	});

	/**
	 * Whether there is nothing to send: a service refuses an empty input, or answers it at random. An answer that
	 * was given here asks for nothing; one that was written or brought along may be there to be continued. What somebody typed
	 * is sent, unless it is no request at all.
	 */
	readonly isEmpty: boolean = $derived.by(() => {
		const { settled: text, parts, typed } = this.#of.editor;
		if (typed !== undefined) return typed.draft === undefined;
		if (!saysNothing({ text, parts })) return false;
		const { calls, message } = this.#of.tray;
		if (calls.length > 0) return message === undefined;
		const last = this.#of.base.findLast(saysSomething);
		return last === undefined || last.message.from !== undefined;
	});

	// Neither is made with the long texts of the conversation, which would be written as JSON at each end of a run.
	readonly #withoutText = $derived.by(() => this.#measure(this.draftWith('')));
	readonly #withX = $derived.by(() => this.#measure(this.draftWith('x')));
	readonly #bytesWithoutText = $derived(this.#withoutText.bytes);
	readonly #bytesWithX = $derived(this.#withX.bytes);

	/** Without a body while what builds it is not loaded. */
	#build(draft: Draft): Built {
		const { api, target, canBuild } = this.#of;
		return canBuild ? api.build(draft, target) : { request: this.head, losses: [], mends: [] };
	}

	#measure(draft: Draft): { mends: readonly Mend[]; bytes: number } {
		const texts = new LongTexts();
		const { request, mends } = this.#build(texts.takeOut(draft));
		return { mends, bytes: countBytes(request.body) + texts.bytes };
	}

	/** What the form says, with a text in place of the one that is being written. */
	draftWith(text: string): Draft {
		const { editor, base, chain, files, tray } = this.#of;
		const draft = draftOf(editor.settings, base, editor.resend ? undefined : chain);
		const written = { text, parts: editor.parts };
		const parts = saysNothing(written) ? [] : partsOf(written);
		const next: Message[] = tray.message === undefined ? [] : [tray.message];
		if (parts.length > 0) next.push({ id: 'next', role: 'user', parts });
		return files.inline({ ...draft, messages: [...draft.messages, ...next] });
	}
}

function countBytes(text = ''): number {
	return new TextEncoder().encode(text).length;
}
