import { newId } from '../model/draft.ts';
import type { Message } from '../model/draft.ts';
import { loadOnce } from '../model/load-once.ts';
import type { Run } from '../model/run.ts';
import { failedStatus, titleOf } from '../model/run-summary.ts';
import type { ConversationRecord, Turn } from '../model/turn.ts';
import { partsOf, saysNothing } from '../model/written.ts';
import type { Written } from '../model/written.ts';
import type { StoredPiece } from '../storage/pieces.ts';
import type { Conversation } from './conversation.svelte.ts';
import type { Ended, Plan } from './plan.ts';

/** Stores something of a conversation. */
type Write = (
	runs: typeof import('../storage/runs.ts'),
	record: ConversationRecord
) => Promise<unknown>;

/** Who is told of changes, and of what could not be stored. */
export interface Listeners {
	/** Called when what a list shows of a conversation has changed. Gives what it has shown until now. */
	onrecord(record: ConversationRecord): ConversationRecord | undefined;
	/** Called when a list has nothing more to show of a conversation. */
	onempty(id: string): void;
	/** Called when something could not be stored. */
	onfull(): void;
}

/** How long a run goes on before the list shows that it does, in ms: a short answer changes the list once, at its end. */
const soon = 250;

/** What writes records of conversations and runs. */
const loadRuns = loadOnce(() => import('../storage/runs.ts'));

/** Stores what becomes of a conversation, and says what a list shows of it. */
export class ConversationStore {
	readonly #conversation: Conversation;
	readonly #listeners: Listeners;
	/** Epoch ms. */
	readonly #startedAt: number;
	#changedAt: number;
	/** Until the list is told of the run that has begun. */
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(
		conversation: Conversation,
		listeners: Listeners,
		{ startedAt, changedAt }: Pick<ConversationRecord, 'startedAt' | 'changedAt'>
	) {
		this.#conversation = conversation;
		this.#listeners = listeners;
		this.#startedAt = startedAt;
		this.#changedAt = changedAt;
	}

	/** What a list shows of the conversation; undefined while nothing is written in it. */
	get record(): ConversationRecord | undefined {
		const { id, api, editor, tree, runs, live, lastRun } = this.#conversation;
		const { written, settings } = editor;
		const hasTurns = tree.turns.size > 0;
		if (!hasTurns && saysNothing(written)) return undefined;
		const run = live?.run ?? lastRun ?? [...runs.facts.values()].at(-1);
		const status = run?.outcome && failedStatus(run.outcome);
		const end = run === undefined ? 'draft' : run.outcome?.end;
		const messages = hasTurns ? tree.path.map((turn) => turn.message) : [messageOf(written)];
		return {
			...{ v: 2, id, api: api.id },
			title: titleOf(messages),
			model: run?.draftModel ?? settings.model,
			simulated: run?.simulated ?? false,
			startedAt: this.#startedAt,
			changedAt: this.#changedAt,
			...(tree.leaf !== undefined && { leaf: tree.leaf }),
			...(end !== undefined && { end }),
			...(status !== undefined && { status })
		};
	}

	/**
	 * Tells the list that the conversation was changed just now. Called in the task of the change, so that both are drawn in
	 * one frame; the change is stored later.
	 */
	note(): void {
		clearTimeout(this.#timer);
		this.#changedAt = Date.now();
		this.#tell();
	}

	/** Tells the list a moment later that a run has begun, unless it is over by then. Gives a function that takes that back. */
	noteStart(): () => void {
		const changedAt = this.#changedAt;
		this.#changedAt = Date.now();
		let undo: () => void = () => undefined;
		this.#timer = setTimeout(() => {
			const shown = this.#tell();
			undo = () => {
				if (shown === undefined) this.#listeners.onempty(this.#conversation.id);
				else this.#listeners.onrecord(shown);
			};
		}, soon);
		return () => {
			clearTimeout(this.#timer);
			this.#changedAt = changedAt;
			undo();
		};
	}

	/** Gives what the list has shown until now. */
	#tell(): ConversationRecord | undefined {
		const { record } = this;
		return record && this.#listeners.onrecord(record);
	}

	/** Stores that turns came or went; without any, that another branch is shown. */
	saveTurns(added: readonly Turn[], removed: readonly Turn[]): void {
		// Where only another branch is shown the list keeps its order.
		if (added.length + removed.length > 0) this.note();
		void this.#write(({ saveTurns }, record) => saveTurns(record, added, removed));
	}

	/** Stores the beginning of a run. Gives whether there was room. */
	startRun({ added, run, sent }: Omit<Plan, 'request'>): Promise<boolean> {
		return this.#write(({ startRun }, conversation) =>
			startRun({ conversation, turns: added, run, sent })
		);
	}

	/**
	 * Stores what is known of a run that the service goes on with by itself, so that the page finds it again after it was
	 * closed. Of any other run only the beginning and the end are stored, and in between what comes of its answer.
	 */
	saveRun(run: Run): void {
		void this.#write(({ saveRun }) => saveRun(run));
	}

	/**
	 * Stores the end of a run with the last bytes of its answer, once it is known whether there was room for its beginning;
	 * where there was none, that too, by its plan.
	 */
	async endRun(
		plan: Plan | undefined,
		{ run, turns }: Ended,
		isStarted: Promise<boolean>,
		rest?: StoredPiece
	): Promise<void> {
		const store = (piece?: StoredPiece) =>
			this.#write(async ({ endRun, startRun }, conversation) => {
				const change = { conversation, turns, run, piece };
				if ((await isStarted) || plan === undefined) return endRun(change);
				return startRun({ ...change, turns: [...plan.added, ...turns], sent: plan.sent });
			});
		// Where there is no room for the bytes there may be for what was read from them.
		if (!(await store(rest)) && rest !== undefined) await store();
	}

	/** Says that something could not be stored. */
	noteFull(): void {
		this.#listeners.onfull();
	}

	/** Writes with what is loaded for that when the page is idle. Gives whether there was room. */
	async #write(write: Write): Promise<boolean> {
		const { record } = this;
		if (record === undefined) return true;
		try {
			await write(await loadRuns(), record);
			return true;
		} catch {
			// No room, or the page's own file is out of reach: the page says so and goes on.
			this.#listeners.onfull();
			return false;
		}
	}
}

/** What is written as a message. */
export function messageOf(written: Written, role: Message['role'] = 'user'): Message {
	return { id: newId(), role, parts: partsOf(written) };
}
