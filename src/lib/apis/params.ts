import type { Draft } from '../model/draft.ts';
import { getOwn, mergeJson } from '../model/json.ts';
import type { JsonObject } from '../model/json.ts';
import { fitsKind, paramTable } from '../model/params.ts';
import type { ParamName, ParamRow } from '../model/params.ts';
import type { Loss, Param } from './api.ts';

/** A parameter at its place in an API's body; `differs` is what this API makes otherwise than the table. */
export function paramAt(
	name: ParamName,
	path: Param['path'],
	differs: { min?: number; max?: number; label?: string } = {}
): Param {
	const row: ParamRow = paramTable[name];
	return { label: path.join('.'), ...row, ...differs, name, path };
}

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
		if (fitsKind(param.kind, value)) found[param.name] = value;
	}
	return found;
}
