import { apiIds } from '../model/draft.ts';
import type { ApiId, Tool } from '../model/draft.ts';
import { readJson } from '../model/json-text.ts';
import { getOwn } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import { apis } from './index.ts';

/** Tools out of a text, and how many of them are functions of which API. */
export interface ImportedTools {
	tools: Tool[];
	functions: { api: ApiId; count: number }[];
	/** Those that are no functions: they are kept as they are, for their own API. */
	kept: number;
}

/**
 * Reads tools in the shape of any API: a list, one tool, or a whole request. What is no function is kept whole; where no
 * API owns it, for `api`. Undefined where there is nothing of a tool.
 * @throws {SyntaxError} for a text that is not JSON.
 */
export function importTools(text: string, api: ApiId): ImportedTools | undefined {
	const list = listOf(readJson(text));
	const counts = new Map<ApiId, number>();
	let kept = 0;
	const tools = list.map((wire): Tool => {
		for (const id of apiIds) {
			const tool = apis[id].tools.read(wire);
			if (tool?.type !== 'function') continue;
			counts.set(id, (counts.get(id) ?? 0) + 1);
			return tool;
		}
		kept += 1;
		return {
			type: 'opaque',
			api: apiIds.find((id) => apis[id].tools.owns(wire)) ?? api,
			value: wire
		};
	});
	if (tools.length === 0) return undefined;
	return { tools, functions: Array.from(counts, ([id, count]) => ({ api: id, count })), kept };
}

function listOf(value: Json): Json[] {
	if (Array.isArray(value)) return value;
	const inner = getOwn(getOwn(value, 'toolConfig'), 'tools') ?? getOwn(value, 'tools');
	if (Array.isArray(inner)) return inner as Json[];
	const isTool = apiIds.some((id) => apis[id].tools.owns(value));
	return isTool ? [value] : [];
}
