import { Validator } from '@cfworker/json-schema';
import type { OutputUnit, Schema } from '@cfworker/json-schema';

/** Where an answer is not as its schema says. */
export interface Mismatch {
	/** JSON pointer into the answer. */
	path: string;
	/** In the words of the validator. */
	message: string;
}

/** How an answer stands to the schema that it was asked to have. */
export type Verdict =
	| { is: 'valid' }
	| { is: 'mismatch'; at: Mismatch[] }
	/** It is no JSON at all. */
	| { is: 'no-json' }
	/** JSON with other text after it, as some models add: `at` is what the JSON is wrong in, if anything. */
	| { is: 'trailing'; at: Mismatch[] }
	/** The answer was cut: half of it says nothing about the rest. */
	| { is: 'incomplete' }
	/** The schema itself cannot be used. */
	| { is: 'no-schema' };

/**
 * Checks the text of an answer against a schema, which is text too. `isWhole`: the model came to its own end.
 *
 * @see https://json-schema.org/draft/2020-12
 */
export function judge(answer: string, schema: string, isWhole: boolean): Verdict {
	if (!isWhole) return { is: 'incomplete' };
	const whole = parse(answer);
	const value = whole ?? parse(cutAfterJson(answer));
	if (value === undefined) return { is: 'no-json' };
	const parsed = parse(schema);
	if (parsed === undefined) return { is: 'no-schema' };
	let units: OutputUnit[];
	try {
		units = new Validator(parsed.json as Schema | boolean, '2020-12', false).validate(
			value.json
		).errors;
	} catch {
		// It throws at a schema with a broken pattern or a reference to nowhere.
		return { is: 'no-schema' };
	}
	const at = mismatchesOf(units);
	if (whole === undefined) return { is: 'trailing', at };
	return at.length === 0 ? { is: 'valid' } : { is: 'mismatch', at };
}

/** Only what is wrong itself: that what holds it is wrong for that reason says nothing more. */
function mismatchesOf(units: readonly OutputUnit[]): Mismatch[] {
	const inner = units.filter(
		({ keyword, keywordLocation }) =>
			keyword !== 'false' &&
			!units.some(
				(other) =>
					other.keywordLocation !== keywordLocation &&
					other.keywordLocation.startsWith(`${keywordLocation}/`)
			)
	);
	const found = inner.map(({ instanceLocation, error }) => ({
		path: instanceLocation,
		message: error
	}));
	return found.filter(
		({ path, message }, i) =>
			found.findIndex((one) => one.path === path && one.message === message) === i
	);
}

function parse(text: string): { json: unknown } | undefined {
	try {
		return { json: JSON.parse(text) };
	} catch {
		// Not JSON is one of the answers.
		return undefined;
	}
}

function cutAfterJson(text: string): string {
	return text.slice(0, Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1);
}
