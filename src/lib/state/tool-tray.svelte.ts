import type { Message } from '../model/draft.ts';
import { isReady, newResults, openCallsOf } from '../model/tool-calls.ts';
import type { OpenCall, WrittenResult, WrittenResults } from '../model/tool-calls.ts';
import { saidBy } from '../model/turns.ts';
import { saysNothing } from '../model/written.ts';
import { text } from '../text/index.ts';
import type { Conversation } from './conversation.svelte.ts';

/** The calls at the end of the branch that is shown, and the results that are written for them. Nothing runs by itself. */
export class ToolTray {
	readonly #of: Conversation;

	constructor(conversation: Conversation) {
		this.#of = conversation;
	}

	/** The calls that wait for a result. */
	readonly calls: readonly OpenCall[] = $derived.by(() => openCallsOf(saidBy(this.#of.base)));

	/** What is written for them. A call that can't be run has failed, until something else is written. */
	readonly results: WrittenResults = $derived.by(() => this.#with(this.#of.editor.results));

	/** How many calls have a result. */
	readonly ready: number = $derived.by(
		() => this.calls.filter((call) => isReady(call, this.results[call.id])).length
	);

	/** The results as one message, as of the last pause in typing; undefined until every call has one. */
	readonly message: Message | undefined = $derived.by(() => {
		const { api, editor } = this.#of;
		return newResults(this.calls, this.#with(editor.settledResults), api.toolResult.hasStatus);
	});

	/** The calls that the next request answers: those with results, or all where nothing else could be sent. */
	readonly answering: ReadonlySet<string> = $derived.by(() => {
		const { settled, parts } = this.#of.editor;
		const isAnswered = this.message !== undefined || saysNothing({ text: settled, parts });
		return new Set(isAnswered ? this.calls.map(({ id }) => id) : []);
	});

	/** Writes the result of a call. */
	write(id: string, result: WrittenResult): void {
		this.#of.editor.setResult(id, result);
	}

	#with(written: WrittenResults): WrittenResults {
		const failure: WrittenResult = { text: text.workspace.cutFailure, isError: true };
		const failed = this.calls.filter(({ isCut }) => isCut).map(({ id }) => [id, failure]);
		return { ...Object.fromEntries(failed), ...written };
	}
}
