import type { Tool } from '../../../model/draft.ts';
import { getOwn } from '../../../model/json.ts';

/** What a tool is called in a list: a function's name; of another, the name that its service gave it. */
export function nameOf(tool: Tool): string {
	if (tool.type === 'function') return tool.name;
	const { value } = tool;
	const type = getOwn(value, 'type');
	const inner = getOwn(getOwn(value, 'systemTool'), 'name');
	const label = getOwn(value, 'server_label') ?? getOwn(value, 'name');
	const words = [type, inner, label].filter((one) => typeof one === 'string' && one !== '');
	return words.join(' ') || (Object.keys((value as object | null) ?? {})[0] ?? '');
}
