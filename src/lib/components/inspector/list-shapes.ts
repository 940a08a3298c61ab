import { text } from '../../text/index.ts';

const words = text.inspector;

/** How a value is edited as lines of text fields. */
export interface ListShape<T> {
	/** A line that says nothing yet. */
	blank: string[];
	linesOf: (value: T) => string[][];
	/** Undefined where no line says anything. */
	valueOf: (lines: readonly string[][]) => T | undefined;
	/** The accessible name of a field; lines count from 1, fields of a line from 0. */
	nameOf: (name: string, line: number, field: number) => string;
	/** Shown in a field, counted from 0, while it is empty. */
	placeholderOf: (field: number) => string | undefined;
	/** Said while there is no value. */
	nothing: () => string;
}

/** Texts, a field each; empty ones are not sent. */
export const strings: ListShape<string[]> = {
	blank: [''],
	linesOf: (value) => value.map((one) => [one]),
	valueOf: (lines) => {
		const said = lines.flatMap(([one = '']) => (one === '' ? [] : [one]));
		return said.length > 0 ? said : undefined;
	},
	nameOf: (name, line) => words.sequence(name, line),
	placeholderOf: () => undefined,
	nothing: () => words.noSequence
};

/** Texts by their names; those without a name are not sent. */
export const pairs: ListShape<Record<string, string>> = {
	blank: ['', ''],
	linesOf: (value) => Object.entries(value),
	valueOf: (lines) => {
		const named = lines.flatMap(([name = '', said = '']) => (name === '' ? [] : [[name, said]]));
		return named.length > 0 ? (Object.fromEntries(named) as Record<string, string>) : undefined;
	},
	nameOf: (name, line, field) =>
		field === 0 ? words.pairNameOf(name, line) : words.pairValueOf(name, line),
	placeholderOf: (field) => (field === 0 ? words.pairName : words.pairValue),
	nothing: () => words.noPair
};
