import type { Draft } from '../model/draft.ts';
import { mergeJson } from '../model/json.ts';
import type { JsonObject } from '../model/json.ts';
import type { ParamName } from '../model/param-names.ts';
import type { Loss, ParamPaths } from './api.ts';

/** Lays the parameters that are set into a body. One that this API has no field for is a loss. */
export function sayParams(draft: Draft, paths: ParamPaths, losses: Loss[]): JsonObject {
	let body: JsonObject = {};
	for (const [name, value] of Object.entries(draft.params)) {
		const path = Object.hasOwn(paths, name) ? paths[name as ParamName] : undefined;
		if (value === undefined) continue;
		if (path === undefined) losses.push({ code: 'param', name: name as ParamName });
		else {
			const [outer, inner] = path;
			body = mergeJson(body, { [outer]: inner === undefined ? value : { [inner]: value } });
		}
	}
	return body;
}
