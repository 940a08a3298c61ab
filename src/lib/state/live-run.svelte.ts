import type { Fold } from '../model/fold.ts';
import type { Run, RunTimes } from '../model/run.ts';
import { AnswerView } from './answer-view.svelte.ts';

/** What the metrics line shows while a run goes on. */
export interface Progress {
	/** ms since send. */
	elapsed: number;
	times: RunTimes;
	received: Run['received'];
}

/** A run on its way. Bytes go into the fold; the screen takes what is new at most once a frame. */
export class LiveRun {
	readonly answer = new AnswerView();
	progress: Progress = $state.raw({ elapsed: 0, times: {}, received: { events: 0, bytes: 0 } });
	/** As it was started. */
	readonly run: Run;
	readonly #abort = new AbortController();
	readonly #sentAt = performance.now();
	#fold: Fold | undefined;
	#received: Run['received'] = { events: 0, bytes: 0 };
	#frame = 0;
	#clock: ReturnType<typeof setInterval>;

	constructor(run: Run) {
		this.run = run;
		this.#clock = setInterval(() => this.#schedule(), 100);
	}

	get signal(): AbortSignal {
		return this.#abort.signal;
	}

	/** Ends the run; what has come is kept. */
	stop(): void {
		this.#abort.abort();
	}

	/** Notes that bytes came; they are drawn with the next frame. */
	take(fold: Fold, received: Run['received']): void {
		this.#fold = fold;
		this.#received = received;
		this.#schedule();
	}

	/** The run so far, to be stored. */
	snapshot(): Run {
		const fold = this.#fold;
		return {
			...this.run,
			parts: fold?.parts.map((part) => ({ ...part })) ?? [],
			times: { ...fold?.times },
			received: { ...this.#received }
		};
	}

	/** Draws what is left and stops the clock. */
	end(): void {
		clearInterval(this.#clock);
		cancelAnimationFrame(this.#frame);
		this.#draw();
		this.answer.end();
	}

	#schedule(): void {
		if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
	}

	#draw(): void {
		this.#frame = 0;
		if (this.#fold) this.answer.update(this.#fold);
		this.progress = {
			elapsed: performance.now() - this.#sentAt,
			times: { ...this.#fold?.times },
			received: { ...this.#received }
		};
	}
}
