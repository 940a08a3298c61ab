import type { ParamRow } from '../../model/params.ts';

type NumberParam = Extract<ParamRow, { kind: 'number' | 'integer' }>;

/** What a text in a number field is; only `number` can be sent. */
export type TypedNumber =
	| { is: 'number'; value: number }
	| { is: 'not-a-number' }
	| { is: 'not-an-integer' };

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Reads what was typed for `param`. A number outside its range is still one: a check says so, and the service has the last word. */
export function parseNumber(typed: string, param: NumberParam): TypedNumber {
	const trimmed = typed.trim();
	const value = Number(trimmed);
	if (!decimal.test(trimmed) || !Number.isFinite(value)) return { is: 'not-a-number' };
	if (param.kind === 'integer' && !Number.isSafeInteger(value)) return { is: 'not-an-integer' };
	return { is: 'number', value };
}
