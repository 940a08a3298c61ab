import { isJsonObject } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { readDeepJson } from '../../model/json-text.ts';

/** What a text in a field for a JSON object is; only `object` can be sent. */
export type TypedObject =
	| { is: 'object'; value: JsonObject }
	| { is: 'no-object' }
	/** Line and column count from 1; absent where the browser does not say them. */
	| { is: 'no-json'; at?: { line: number; column: number } };

/** Reads what was typed for an object. Numbers keep their digits. */
export function readObject(typed: string): TypedObject {
	let value: Json;
	try {
		value = readDeepJson(typed);
	} catch (error) {
		const at = placeOf(error, typed);
		return { is: 'no-json', ...(at && { at }) };
	}
	return isJsonObject(value) ? { is: 'object', value } : { is: 'no-object' };
}

/** Where a text stops being JSON, in the words of Chromium (`position 5`) or of Firefox (`line 1 column 6`). */
function placeOf(error: unknown, typed: string): { line: number; column: number } | undefined {
	const said = error instanceof Error ? error.message : '';
	const [, line, column] = /line (\d+) column (\d+)/.exec(said) ?? [];
	if (line !== undefined) return { line: Number(line), column: Number(column) };
	const [, position] = /position (\d+)/.exec(said) ?? [];
	// Chromium says no position where the text ends too early.
	const end = /end of (JSON )?(input|data)/i.test(said) ? typed.length : undefined;
	const at = position === undefined ? end : Number(position);
	if (at === undefined) return undefined;
	const before = typed.slice(0, at).split('\n');
	return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
