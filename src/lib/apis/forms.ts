import { getOwn } from '../model/json.ts';
import type { JsonObject } from '../model/json.ts';
import type { ApiId, Draft } from '../model/draft.ts';
import { paramNames } from '../model/param-names.ts';
import type { ParamName } from '../model/param-names.ts';
import { fitsKind, paramTable } from '../model/params.ts';
import type { ParamRow } from '../model/params.ts';
import type { ParamPath, ParamPaths, RequestApi, ToolForms } from './api.ts';
import { form as chatCompletions } from './chat-completions/form.ts';
import { toolForms as toolsOfChat } from './chat-completions/tool-forms.ts';
import { form as converse } from './converse/form.ts';
import { toolForms as toolsOfConverse } from './converse/tool-forms.ts';
import { form as responses } from './responses/form.ts';
import { toolForms as toolsOfResponses } from './responses/tool-forms.ts';

/** One parameter of an API: what it is, and its place in the body. */
export type Param = ParamRow & {
	name: ParamName;
	path: ParamPath;
	/** The wire name that the form shows. */
	label: string;
};

/** What an API makes otherwise than the table of parameters. */
export interface ParamDiffers {
	min?: number;
	max?: number;
	label?: string;
	choices?: readonly string[];
}

export type ParamForm = { readonly [K in ParamName]?: ParamDiffers };

const forms: Readonly<Record<ApiId, ParamForm>> = {
	converse,
	'chat-completions': chatCompletions,
	responses
};

/** What the form of each API offers of tools. */
export const toolForms: Readonly<Record<ApiId, ToolForms>> = {
	converse: toolsOfConverse,
	'chat-completions': toolsOfChat,
	responses: toolsOfResponses
};

/** What {@link paramsOf} has made, by an API's table of places, of which each API has its own. */
const offered = new WeakMap<ParamPaths, readonly Param[]>();

/**
 * What the form offers for an API, in the order of the table of parameters. The same objects each time: from new ones
 * Svelte would take every row of the form for changed, and work it out again at every Send.
 */
export function paramsOf({ id, params }: Pick<RequestApi, 'id' | 'params'>): readonly Param[] {
	let list = offered.get(params);
	if (list === undefined) offered.set(params, (list = listParams(id, params)));
	return list;
}

function listParams(id: ApiId, params: ParamPaths): Param[] {
	return paramNames.flatMap((name) => {
		const path = params[name];
		if (path === undefined) return [];
		const row: ParamRow = paramTable[name];
		return [{ label: path.join('.'), ...row, ...forms[id][name], name, path } as Param];
	});
}

/** A parameter as an API spells it; its own name where the API does not take it. */
export function wireNameOf(api: Pick<RequestApi, 'id' | 'params'>, name: ParamName): string {
	return forms[api.id][name]?.label ?? api.params[name]?.join('.') ?? name;
}

/** What stands in `body` at the place of a parameter. */
export function valueAt(body: JsonObject, [outer, inner]: ParamPath): unknown {
	const field = getOwn(body, outer);
	return inner === undefined ? field : getOwn(field, inner);
}

/** The parameters that `body` sets, each only where its value is of the kind that the form can show. */
export function readParams(body: JsonObject, paths: ParamPaths): Draft['params'] {
	const found: Draft['params'] = {};
	for (const name of paramNames) {
		const path = paths[name];
		const value = path && valueAt(body, path);
		if (fitsKind(paramTable[name].kind, value)) found[name] = value;
	}
	return found;
}
