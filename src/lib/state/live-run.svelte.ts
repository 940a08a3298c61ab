import type { Change } from '../model/change.ts';
import { textOf } from '../model/draft.ts';
import type { Fold } from '../model/fold.ts';
import type { Run, RunTimes } from '../model/run.ts';
import { AnswerView } from './answer-view.svelte.ts';
import type { Job } from './job.svelte.ts';

/** What the metrics line shows while a run goes on. */
export interface Progress {
	/** ms since it was started; 0 before it is first measured. */
	elapsed: number;
	times: RunTimes;
	received: Run['received'];
	/** ms since the last byte; absent before the first one. */
	quiet?: number;
	/** ms since the first token, while only reasoning has come. */
	thinking?: number;
}

/** ms between two drawings: more often costs time that nobody sees. */
const drawEvery = 60;
/** The same while the page is behind: what has come is still seen within a tenth of a second. */
const drawEveryBehind = 90;
/** ms that a drawing came too late when the page is behind. */
const behind = 8;
/** ms between two changes of the metrics line. */
const measureEvery = 250;

/** A run on its way. Bytes go into the fold; the screen takes what is new at most every 60 ms. */
export class LiveRun {
	readonly answer = new AnswerView([], false);
	progress: Progress = $state.raw({ elapsed: 0, times: {}, received: { frames: 0, bytes: 0 } });
	/** Counts what was drawn, for whoever keeps the end in view. */
	drawn = $state(0);
	/** What follows it where the service goes on with it by itself; undefined before that and for any other run. */
	job: Job | undefined = $state.raw();
	/** As it was started, or taken up again. */
	readonly run: Run;
	isLeft = false;
	readonly #abort = new AbortController();
	readonly #startedAt: number;
	#fold: Fold | undefined;
	#received: Run['received'] = { frames: 0, bytes: 0 };
	#arrivedAt: number | undefined;
	/** When the first token was seen, by this clock and not by that of the exchange. */
	#firstTokenAt: number | undefined;
	/** What came since the last drawing, one change a part. */
	#changes = new Map<number, Change>();
	#drawing: ReturnType<typeof setTimeout> | undefined;
	/** When the next drawing is due, and how long the one after it waits. */
	#due = 0;
	#wait = drawEvery;
	/** The metrics line waits for the next drawing, so that the browser draws one frame for both. */
	#isMeasureDue = false;
	readonly #clock: ReturnType<typeof setInterval>;

	constructor(run: Run) {
		this.run = run;
		// One that is taken up again began before this page did.
		this.#startedAt = performance.now() - Math.max(0, Date.now() - run.startedAt);
		this.#clock = setInterval(() => this.#tick(), measureEvery);
	}

	get signal(): AbortSignal {
		return this.#abort.signal;
	}

	/** The text of the answer so far. */
	text(): string {
		return textOf(this.#fold?.parts ?? []);
	}

	/** Ends the run here; what has come is kept. What the service does by itself goes on. */
	stop(): void {
		this.#abort.abort();
	}

	/** Notes what bytes have changed: the first words are drawn at once, what follows soon. */
	take(changes: readonly Change[], fold: Fold, received: Run['received']): void {
		this.#fold = fold;
		this.#received = received;
		if (received.bytes > 0) this.#arrivedAt = performance.now();
		if (fold.times.firstToken !== undefined) this.#firstTokenAt ??= performance.now();
		for (const change of changes) this.#note(change);
		if (this.#changes.size === 0 || this.#drawing !== undefined) return;
		if (this.drawn === 0) this.#draw();
		else this.#planDrawing();
	}

	/** Ends it without a word to the service: the conversation goes away. */
	leave(): void {
		this.isLeft = true;
		this.stop();
	}

	/** Draws what is left and stops the clock. */
	end(): void {
		clearInterval(this.#clock);
		clearTimeout(this.#drawing);
		this.#draw();
		this.answer.end();
	}

	#note(change: Change): void {
		const before = this.#changes.get(change.part);
		if (before === undefined) this.#changes.set(change.part, change);
		else if ('added' in before && 'added' in change) {
			const added = before.added + change.added;
			this.#changes.set(change.part, { part: change.part, added });
		} else this.#changes.set(change.part, { part: change.part, replaced: true });
	}

	#planDrawing(): void {
		this.#due = performance.now() + this.#wait;
		this.#drawing = setTimeout(() => {
			this.#wait = performance.now() - this.#due > behind ? drawEveryBehind : drawEvery;
			this.#draw();
		}, this.#wait);
	}

	#draw(): void {
		this.#drawing = undefined;
		if (this.#fold === undefined || this.#changes.size === 0) return;
		const changes = [...this.#changes.values()];
		this.#changes.clear();
		this.answer.update(this.#fold.parts, changes);
		this.drawn++;
		if (this.#isMeasureDue) this.#measure();
	}

	#tick(): void {
		if (this.#drawing === undefined) this.#measure();
		else this.#isMeasureDue = true;
	}

	#measure(): void {
		this.#isMeasureDue = false;
		const now = performance.now();
		const isThinking =
			this.#firstTokenAt !== undefined && this.#fold?.times.firstText === undefined;
		this.progress = {
			elapsed: now - this.#startedAt,
			times: { ...this.#fold?.times },
			received: { ...this.#received },
			...(this.#arrivedAt !== undefined && { quiet: now - this.#arrivedAt }),
			...(isThinking && { thinking: now - (this.#firstTokenAt ?? now) })
		};
	}
}
