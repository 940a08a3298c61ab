/**
 * The lines of a fenced code block, read one by one. Beside CommonMark's rule, a block whose language is Markdown may
 * hold fences of its own: a fence with a language opens an inner block, and the next bare fence closes that one first.
 * @see https://spec.commonmark.org/0.31.2/#fenced-code-blocks
 */
export class Fence {
	/** The info string as it stands, trimmed: `ts`, `ts title="a"`, ''. */
	readonly info: string;
	readonly #mark: string;
	readonly #indent: number;
	readonly #holdsFences: boolean;
	/** Lengths of the inner fences that are open. */
	readonly #inner: number[] = [];

	/** With the line that opens the block, or any text that starts with it. */
	constructor(opening: string) {
		const [, indent = '', mark = '', info = ''] = /^( {0,3})(`{3,}|~{3,})(.*)/.exec(opening) ?? [];
		this.info = info.trim();
		this.#mark = mark;
		// marked takes the fence's own indent off its lines, for backticks only.
		this.#indent = mark.startsWith('`') ? indent.length : 0;
		this.#holdsFences = /^(?:markdown|md)$/i.test(this.info);
	}

	/** Takes the next line; true when it is the one that closes the block. */
	closes(line: string): boolean {
		const [, mark = '', info = ''] = /^\s*(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
		if (mark === '' || mark.charAt(0) !== this.#mark.charAt(0)) return false;
		const inner = this.#inner.at(-1);
		if (this.#holdsFences && /^ ?\w/.test(info)) {
			this.#inner.push(mark.length);
			return false;
		}
		if (info.trim() !== '' || mark.length < (inner ?? this.#mark.length)) return false;
		if (inner !== undefined) {
			this.#inner.pop();
			return false;
		}
		return /^ {0,3}[`~]+ *$/.test(line);
	}

	/** Whether a line that has not all come yet may become the one that closes the block. */
	mayClose(line: string): boolean {
		return /^ {0,3}(?:`+|~+)? *$/.test(line);
	}

	/** A line without the indent that belongs to the fence. */
	outdent(line: string): string {
		const space = /^\s*/.exec(line)?.[0].length ?? 0;
		return line.slice(Math.min(space, this.#indent));
	}
}

/** The block at the start of `source`: the length of its source without the last line feed, and its lines. */
export function readFence(source: string): { info: string; length: number; lines: string[] } {
	const lines = source.split('\n');
	const fence = new Fence(lines[0] ?? '');
	const end = lines.findIndex((line, i) => i > 0 && fence.closes(line));
	const inside = lines.slice(1, end < 0 ? undefined : end);
	if (end < 0 && inside.at(-1) === '') inside.pop();
	const length = end < 0 ? source.length : lines.slice(0, end + 1).join('\n').length;
	return { info: fence.info, length, lines: inside.map((line) => fence.outdent(line)) };
}
