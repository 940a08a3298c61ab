import { depthOf, readDeepJson, stringifyJson } from '../../../model/json-text.ts';

/** Characters that fit into one line. */
const shortLine = 72;
/** Deeper values would overflow the stack. */
const maxDepth = 500;

/** JSON text as it is shown, its numbers as they came: on one line where it is short. Undefined where it is not JSON. */
export function showJson(json: string): string | undefined {
	try {
		const value = readDeepJson(json);
		if (depthOf(json) > maxDepth) return json;
		const pretty = stringifyJson(value, 2);
		// A line feed in a string is written as `\n`, so these are all between values.
		const line = pretty.replace(/\n\s*/g, ' ');
		return line.length <= shortLine ? line : pretty;
	} catch {
		// Not JSON: it is shown as it came.
		return undefined;
	}
}
