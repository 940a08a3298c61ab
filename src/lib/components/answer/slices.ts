/** Work that can be done in steps of a few milliseconds. */
export interface Steps {
	/** Does a step; false when nothing is left. */
	step(): boolean;
}

/**
 * Milliseconds of a slice while the page is idle: it answers a key or a click between two of them. Not shorter, because
 * each slice is laid out and painted by itself, which takes up to 20 ms.
 */
const sliceTime = 32;
/** Milliseconds of what is done at once. */
const firstSliceTime = 24;
/** Milliseconds after which a slice comes although the page has not been idle. */
const longestWait = 300;

/**
 * Work on long texts: what fits into the first slice is done at once, the rest in further ones while the page is idle,
 * the work that was added last first.
 */
class Slices {
	readonly #left: Steps[] = [];
	/** When the slice of this task is over; 0 = none has begun. */
	#until = 0;
	#isPlanned = false;

	/** Begins or goes on with a work that may have got more to do. */
	start(work: Steps): void {
		if (this.#left.includes(work)) return;
		if (this.#until === 0) {
			this.#until = performance.now() + firstSliceTime;
			queueMicrotask(() => (this.#until = 0));
		}
		while (performance.now() < this.#until) if (!work.step()) return;
		this.#left.push(work);
		this.#plan();
	}

	/** Does all that is left, as before printing. */
	finish(): void {
		for (let work; (work = this.#left.pop()) !== undefined;) while (work.step());
	}

	#plan(): void {
		if (this.#isPlanned) return;
		this.#isPlanned = true;
		const go = () => {
			this.#isPlanned = false;
			this.#work();
		};
		if (typeof requestIdleCallback === 'function')
			requestIdleCallback(go, { timeout: longestWait });
		else setTimeout(go);
	}

	#work(): void {
		const until = performance.now() + sliceTime;
		while (performance.now() < until) {
			const work = this.#left.at(-1);
			if (work === undefined) return;
			if (!work.step()) this.#left.splice(this.#left.lastIndexOf(work), 1);
		}
		this.#plan();
	}
}

/** Those of the page. */
export const slices = new Slices();
if (typeof addEventListener === 'function') addEventListener('beforeprint', () => slices.finish());
