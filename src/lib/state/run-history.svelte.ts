import type { Run, RunSummary } from '../model/run.ts';
import { summarize } from '../model/run-summary.ts';
import { deleteConversation, listSummaries } from '../storage/runs.ts';

/** The list of past runs, newest first; one row a conversation. */
export class RunHistory {
	/** Stored records that could not be read; they are set aside, not lost. */
	unreadable = $state(0);
	/** False once this browser had no room for something. */
	isKept = $state(true);
	#summaries: readonly RunSummary[] = $state.raw([]);

	/** The newest run of each conversation. */
	readonly rows: readonly RunSummary[] = $derived.by(() => {
		const seen = new Set<string>();
		return this.#summaries.filter(({ conversation }) => {
			const isNew = !seen.has(conversation);
			seen.add(conversation);
			return isNew;
		});
	});

	async load(): Promise<void> {
		const { summaries, unreadable } = await listSummaries();
		this.#summaries = summaries;
		this.unreadable = unreadable;
	}

	/** Notes a run that was stored, or could not be. */
	note(run: Run, isKept: boolean): void {
		if (!isKept) this.isKept = false;
		const summary = summarize(run);
		this.#summaries = [summary, ...this.#summaries.filter(({ id }) => id !== run.id)].sort(
			(a, b) => b.startedAt - a.startedAt
		);
	}

	/** Deletes a conversation's runs for good. */
	async delete(row: RunSummary): Promise<void> {
		await deleteConversation(row.conversation);
		this.#summaries = this.#summaries.filter((one) => one.conversation !== row.conversation);
	}
}
