import { findJsonProblem } from '../../model/json-problem.ts';
import type { JsonProblem } from '../../model/json-problem.ts';
import { readDeepJson } from '../../model/json-text.ts';
import { isJsonObject } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';

/** What a text in a field for JSON is; only a `value` can be sent. */
export type TypedJson =
	| { is: 'value'; value: Json }
	| { is: 'no-object' }
	/** Absent `at`: it is JSON that the page can't hold, nested too deep. */
	| { is: 'no-json'; at?: JsonProblem };

/** Reads what was typed for a JSON value, or for an object alone. Numbers keep their digits. */
export function readTyped(typed: string, isObject: boolean): TypedJson {
	try {
		const value = readDeepJson(typed);
		return isObject && !isJsonObject(value) ? { is: 'no-object' } : { is: 'value', value };
	} catch {
		// It is no JSON: where it stops being some is found without the engine, whose words differ.
		const at = findJsonProblem(typed);
		return { is: 'no-json', ...(at && { at }) };
	}
}
