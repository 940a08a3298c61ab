import { numberOf } from './json-text.ts';
import type { Json } from './json.ts';

/** What a parameter is, whichever API takes it: the control of its kind, what it may be, and where it stands in a form. */
export type ParamRow = {
	group: 'sampling' | 'length' | 'reasoning' | 'storage';
	/** Parameters that some models refuse beside this one. */
	conflicts?: readonly string[];
} & (
	| { kind: 'number' | 'integer'; min: number; max?: number; initial: number }
	| { kind: 'strings'; max: number }
	| { kind: 'choice'; choices: readonly string[]; initial: string }
	| { kind: 'flag' }
);

/**
 * Every parameter that a form offers, by its name in a draft. A row here and a place in the file of each API that
 * takes it are all that one more needs.
 */
export const paramTable = {
	/** How freely a model chooses among the next tokens. */
	temperature: {
		...{ group: 'sampling', kind: 'number', min: 0, max: 1, initial: 0.7 },
		conflicts: ['topP']
	},
	/** The share of probability that a next token is taken from. */
	topP: {
		...{ group: 'sampling', kind: 'number', min: 0, max: 1, initial: 0.9 },
		conflicts: ['temperature']
	},
	/** The longest answer, in tokens. */
	maxTokens: {
		...{ group: 'length', kind: 'integer', min: 1, initial: 2048 },
		conflicts: ['maxCompletionTokens']
	},
	/** The longest answer, by the name under which newer models take it. */
	maxCompletionTokens: {
		...{ group: 'length', kind: 'integer', min: 1, initial: 2048 },
		conflicts: ['maxTokens']
	},
	/** Texts at which an answer ends. */
	stopSequences: { group: 'length', kind: 'strings', max: 4 },
	/** Whether the last event of a stream reports the usage. */
	includeUsage: { group: 'length', kind: 'flag' },
	/** How much a model thinks before it answers. */
	reasoningEffort: {
		...{ group: 'reasoning', kind: 'choice', initial: 'low' },
		choices: ['none', 'low', 'medium', 'high']
	},
	/** Whether the service keeps the response, so that it can be continued. */
	store: { group: 'storage', kind: 'flag' }
} as const satisfies Record<string, ParamRow>;

/** One name for what each API may call otherwise. */
export type ParamName = keyof typeof paramTable;

/** Parameters that are set; one that is absent is not sent. */
export type Params = { [K in ParamName]?: Json };

/** The names of all parameters, in the order of the table. */
export const paramNames = Object.keys(paramTable) as ParamName[];

/** Whether a form can show `value` for a parameter of this kind. */
export function fitsKind(kind: ParamRow['kind'], value: unknown): value is Json {
	switch (kind) {
		case 'number':
		case 'integer':
			return numberOf(value) !== undefined;
		case 'strings':
			return Array.isArray(value) && value.every((item) => typeof item === 'string');
		case 'choice':
			return typeof value === 'string';
		case 'flag':
			return typeof value === 'boolean';
	}
}

/** The names of parameters whose values are of another kind than they should be, as in a link that somebody wrote. */
export function findMisfits(params: Params): ParamName[] {
	return paramNames.filter((name) => {
		const value = params[name];
		return value !== undefined && !fitsKind(paramTable[name].kind, value);
	});
}

/** The parameters that are set and that some models refuse beside `name`; none where `name` is not set. */
export function conflictsOf(params: Params, name: ParamName): ParamName[] {
	const row: ParamRow = paramTable[name];
	if (params[name] === undefined) return [];
	return paramNames.filter((one) => row.conflicts?.includes(one) && params[one] !== undefined);
}

/** The parameters with the value of `from` under the name `to` instead; a value that `to` has already stays. */
export function moveParam(params: Params, from: ParamName, to: ParamName): Params {
	const others = Object.entries(params).filter(([name]) => name !== from);
	const moved: Params = Object.fromEntries(others);
	const value = params[from];
	return value === undefined || moved[to] !== undefined ? moved : { ...moved, [to]: value };
}
