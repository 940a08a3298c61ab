import { newResults, openCallsOf } from '../model/tool-calls.ts';
import type { OpenCall } from '../model/tool-calls.ts';
import type { Message } from '../model/draft.ts';
import type { Conversation } from './conversation.svelte.ts';
import { isBlank } from './editor.svelte.ts';
import { saidBy } from './plan.ts';

/** The calls at the end of the branch that is shown, and the results that are written for them. Nothing runs by itself. */
export class ToolTray {
	readonly #of: Conversation;

	constructor(conversation: Conversation) {
		this.#of = conversation;
	}

	/** The calls that wait for a result. */
	readonly calls: readonly OpenCall[] = $derived.by(() => openCallsOf(saidBy(this.#of.base)));

	/** How many of them have one. */
	readonly ready: number = $derived.by(() => {
		const { results } = this.#of.editor;
		return this.calls.filter(({ id }) => Object.hasOwn(results, id)).length;
	});

	/** The results as one message, as of the last pause in typing; undefined until every call has one. */
	readonly message: Message | undefined = $derived.by(() => {
		const { api, editor } = this.#of;
		return newResults(this.calls, editor.settledResults, api.toolResult.hasStatus);
	});

	/** The calls that the next request answers: those with results, or all where nothing else could be sent. */
	readonly answering: ReadonlySet<string> = $derived.by(() => {
		const isAnswered = this.message !== undefined || isBlank(this.#of.editor.settled);
		return new Set(isAnswered ? this.calls.map(({ id }) => id) : []);
	});
}
