import type { Draft, Tool } from '../model/draft.ts';
import type { Check, Warning } from './check.ts';
import { closeSchema } from './closed-schema.ts';

type FunctionTool = Tool & { type: 'function' };

const at = { setting: 'tools' } as const;

/** What the services say of a tool's name. */
const goodName = /^[a-zA-Z0-9_-]{1,64}$/;

/** Names of tools, the choice among them, and schemas that a strict tool can't have. */
export const tools: Check = ({ draft }) => [
	...findBadNames(draft),
	...findTwins(draft),
	...findOpenSchemas(draft),
	...findBadChoice(draft)
];

function functionsOf({ tools = [] }: Draft): FunctionTool[] {
	return tools.flatMap((tool) => (tool.type === 'function' && tool.off !== true ? [tool] : []));
}

function findBadNames(draft: Draft): Warning[] {
	const bad = functionsOf(draft).filter(({ name }) => !goodName.test(name));
	return bad.map((tool) => ({ code: 'tool-name', at, ...newName(draft, tool) }));
}

function findTwins(draft: Draft): Warning[] {
	const all = functionsOf(draft);
	const twins = all.filter(({ name }, i) => all.findIndex((one) => one.name === name) < i);
	return twins
		.filter(({ name }) => goodName.test(name))
		.map((tool) => ({ code: 'tool-twice', at, ...newName(draft, tool) }));
}

/** What a warning quotes of a name, and the button that gives the tool one that is good and free. */
function newName(draft: Draft, tool: FunctionTool): Omit<Warning, 'code'> {
	const others = new Set(functionsOf(draft).flatMap((one) => (one === tool ? [] : [one.name])));
	const base = tool.name.replace(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 60) || 'tool';
	let next = base;
	for (let count = 2; others.has(next); count++) next = `${base}_${count}`;
	const change = { tools: replace(draft, tool, { ...tool, name: next }) };
	return { values: { name: tool.name, next }, fix: { label: 'rename-tool', change } };
}

function findOpenSchemas(draft: Draft): Warning[] {
	return functionsOf(draft).flatMap((tool): Warning[] => {
		const { name, schema, strict } = tool;
		if (strict !== true || schema === undefined) return [];
		const { schema: closed, open, optional } = closeSchema(schema);
		if (open.length + optional.length === 0) return [];
		const change = { tools: replace(draft, tool, { ...tool, schema: closed }) };
		return [{ code: 'tool-open', at, values: { name }, fix: { label: 'close-tool', change } }];
	});
}

function findBadChoice(draft: Draft): Warning[] {
	const { toolChoice, tools = [] } = draft;
	const fix = { label: 'no-tool-choice', change: { toolChoice: undefined } };
	if (typeof toolChoice === 'object') {
		const isThere = functionsOf(draft).some(({ name }) => name === toolChoice.name);
		return isThere
			? []
			: [{ code: 'tool-choice-name', at, values: { name: toolChoice.name }, fix }];
	}
	const isFree = toolChoice === undefined || toolChoice === 'none';
	const hasTools = tools.some(({ off }) => off !== true);
	return isFree || hasTools ? [] : [{ code: 'tool-choice-alone', at, fix }];
}

function replace({ tools = [] }: Draft, tool: Tool, by: Tool): Tool[] {
	return tools.map((one) => (one === tool ? by : one));
}
