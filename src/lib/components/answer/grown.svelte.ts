/** One of a list that grows. */
export interface Cell<T> {
	/** Its index. */
	readonly key: number;
	readonly value: T;
	/** Whether the value is final. */
	readonly settled: boolean;
}

/** Up to `groupSize` neighbours. */
export interface Group<T> {
	readonly key: number;
	readonly cells: readonly Cell<T>[];
}

class GrownCell<T> implements Cell<T> {
	readonly key: number;
	value: T;
	settled: boolean;

	constructor(key: number, value: T, settled: boolean) {
		this.key = key;
		this.value = $state.raw(value);
		this.settled = $state.raw(settled);
	}
}

class GrownGroup<T> implements Group<T> {
	readonly key: number;
	cells = $state.raw<readonly GrownCell<T>[]>([]);

	constructor(key: number) {
		this.key = key;
	}
}

/** So few that copying and walking a group costs nothing, so many that there are few groups. */
const groupSize = 16;

/**
 * A list that grows at its end, in groups, so that one more never makes Svelte walk all: an `{#each}` over `groups`
 * holds one over `cells`.
 */
export class Grown<T> {
	groups = $state.raw<readonly GrownGroup<T>[]>([]);
	length = $state.raw(0);

	at(index: number): T | undefined {
		return this.#cellAt(index)?.value;
	}

	/** Replaces the value at `index`, or adds it when `index` is the length. */
	set(index: number, value: T, settled: boolean): void {
		const cell = this.#cellAt(index);
		if (cell === undefined) {
			this.#push(new GrownCell(this.length, value, settled));
			return;
		}
		cell.value = value;
		cell.settled = settled;
	}

	/** Drops what is at `length` and beyond. */
	truncate(length: number): void {
		while (this.length > length) {
			const group = this.groups.at(-1);
			if (group === undefined) return;
			const kept = Math.max(0, length - group.key * groupSize);
			this.length = group.key * groupSize + kept;
			group.cells = group.cells.slice(0, kept);
			if (kept === 0) this.groups = this.groups.slice(0, -1);
		}
	}

	#push(cell: GrownCell<T>): void {
		let group = this.groups.at(-1);
		if (group === undefined || group.cells.length === groupSize) {
			group = new GrownGroup(this.groups.length);
			this.groups = [...this.groups, group];
		}
		group.cells = [...group.cells, cell];
		this.length += 1;
	}

	#cellAt(index: number): GrownCell<T> | undefined {
		return this.groups[Math.floor(index / groupSize)]?.cells[index % groupSize];
	}
}

/** A list that is complete, in the form in which one grows. */
export function fixedGroups<T>(values: readonly T[], settled: boolean): readonly Group<T>[] {
	if (values.length === 0) return [];
	return [{ key: 0, cells: values.map((value, key) => ({ key, value, settled })) }];
}
