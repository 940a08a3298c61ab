import { equalJson } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';
import type { HttpRequest } from '../../model/request.ts';
import type { Run } from '../../model/run.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';

/** The request of the last run as it was sent. */
export interface SentRequest {
	run: Run;
	request: HttpRequest;
	/** Whether it is built as it was sent, byte for byte. */
	isExact: boolean;
}

/**
 * Which request Body and Code show: the one that was sent last, or the next one. Once the next one differs one can
 * switch between them, and it is shown by itself while one writes it.
 */
export class ShownRequest {
	readonly #conversation: () => Conversation;
	#chosen: { which: 'sent' | 'next'; run: string } | undefined = $state.raw();

	constructor(conversation: () => Conversation) {
		this.#conversation = conversation;
	}

	/** The run whose request was sent last on the branch that is shown. */
	readonly run: Run | undefined = $derived.by(() => {
		const { live, lastRun } = this.#conversation();
		return live?.run ?? lastRun;
	});

	readonly sent: SentRequest | undefined = $derived.by(() => {
		const { run } = this;
		const rebuilt = run && this.#conversation().requestOf(run);
		return run && rebuilt && { run, ...rebuilt };
	});

	/** Whether the next request would be another than the one that was sent. */
	readonly hasNext: boolean = $derived.by(() => {
		const { editor, runs, next } = this.#conversation();
		if (editor.typed !== undefined) return true;
		const settings = this.run && runs.settingsOf(this.run.sent);
		if (settings === undefined) return true;
		const isSame = equalJson(settings as unknown as Json, editor.settings as unknown as Json);
		return !isSame || !editor.isEmpty || !next.isEmpty;
	});

	readonly which: 'sent' | 'next' = $derived.by(() => {
		if (this.sent === undefined) return 'next';
		if (!this.hasNext) return 'sent';
		return this.#chosen?.run === this.run?.id ? (this.#chosen?.which ?? 'next') : 'next';
	});

	/** Shows the one or the other until something else is sent. */
	choose(which: 'sent' | 'next'): void {
		if (this.run !== undefined) this.#chosen = { which, run: this.run.id };
	}
}
