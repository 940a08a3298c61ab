import { failedStatus, titleOf } from '../../model/run-summary.ts';
import type { Outcome } from '../../model/run.ts';
import type { OpenedConversation } from '../../storage/conversations.ts';

/** One run of a conversation, as a list shows it. */
export interface RunRow {
	id: string;
	/** The turn to show: its answer, or, while it has none, what it asks. */
	turn: string | undefined;
	/** Epoch ms. */
	startedAt: number;
	/** As typed. */
	model: string;
	/** Absent while it runs. */
	end: Outcome['end'] | undefined;
	status: number | undefined;
	/** First words of the message that it answers; '' where it has none. */
	words: string;
}

/** The runs of a conversation on all its branches, the newest first. */
export function runsOf({ runs, turns }: Pick<OpenedConversation, 'runs' | 'turns'>): RunRow[] {
	const byId = new Map(turns.map((turn) => [turn.id, turn]));
	return runs
		.map((run) => {
			const asked = run.asked === undefined ? undefined : byId.get(run.asked);
			return {
				id: run.id,
				turn: byId.has(run.turn) ? run.turn : run.asked,
				startedAt: run.startedAt,
				model: run.draftModel,
				end: run.outcome?.end,
				status: run.outcome && failedStatus(run.outcome),
				words: asked === undefined ? '' : titleOf([{ ...asked.message, role: 'user' as const }])
			};
		})
		.toReversed();
}
