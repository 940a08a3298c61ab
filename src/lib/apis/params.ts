import type { Draft } from '../model/draft.ts';
import { getOwn, mergeJson } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Loss, Param } from './api.ts';

// What more than one API offers: each API adds the place in its body, and what differs there.

/** How freely a model chooses among the next tokens. */
export const temperature = {
	name: 'temperature',
	group: 'sampling',
	kind: 'number',
	min: 0,
	max: 1,
	initial: 0.7
} as const;

/** The share of probability that a next token is taken from. */
export const topP = {
	name: 'topP',
	group: 'sampling',
	kind: 'number',
	min: 0,
	max: 1,
	initial: 0.9
} as const;

/** The longest answer, in tokens. */
export const maxTokens = {
	name: 'maxTokens',
	group: 'length',
	kind: 'integer',
	min: 1,
	initial: 2048
} as const;

/** Texts at which an answer ends, four at most. */
export const stopSequences = {
	name: 'stopSequences',
	group: 'length',
	kind: 'strings',
	max: 4
} as const;

/** How much a model thinks before it answers. */
export const reasoningEffort = {
	name: 'reasoningEffort',
	group: 'reasoning',
	kind: 'choice',
	choices: ['none', 'low', 'medium', 'high'],
	initial: 'low'
} as const;

/** Lays the parameters that are set into a body. One that this API has no field for is a loss. */
export function sayParams(draft: Draft, params: readonly Param[], losses: Loss[]): JsonObject {
	let body: JsonObject = {};
	for (const [name, value] of Object.entries(draft.params)) {
		const param = params.find((one) => one.name === name);
		if (value === undefined) continue;
		if (param === undefined) losses.push({ code: 'param', name: name as Param['name'] });
		else {
			const [outer, inner] = param.path;
			body = mergeJson(body, { [outer]: inner === undefined ? value : { [inner]: value } });
		}
	}
	return body;
}

/** The parameters that `body` sets, each only where its value is of the kind that the form can show. */
export function readParams(body: JsonObject, params: readonly Param[]): Draft['params'] {
	const found: Draft['params'] = {};
	for (const param of params) {
		const [outer, inner] = param.path;
		const field = getOwn(body, outer);
		const value = inner === undefined ? field : getOwn(field, inner);
		if (fits(param, value)) found[param.name] = value;
	}
	return found;
}

function fits(param: Param, value: unknown): value is Json {
	switch (param.kind) {
		case 'number':
		case 'integer':
			return typeof value === 'number';
		case 'strings':
			return Array.isArray(value) && value.every((item) => typeof item === 'string');
		case 'choice':
			return typeof value === 'string';
		case 'flag':
			return typeof value === 'boolean';
	}
}
