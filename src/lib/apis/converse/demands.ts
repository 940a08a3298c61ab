import { getOwn, isJsonObject } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Mend } from '../api.ts';
import { getString } from '../words.ts';
import type { Said } from './join.ts';

/**
 * The field `toolConfig` with the tools that messages use: Converse demands one as soon as a message holds a call or a
 * result, also after the tools were taken out of the draft. Nothing for messages that somebody wrote as they are.
 */
export function nameUsedTools(
	said: readonly Said[],
	toolConfig: Json | undefined,
	mends: Mend[]
): JsonObject {
	if (getOwn(toolConfig, 'tools') !== undefined) return {};
	const users = said.filter(({ wire }) => {
		return blocksOf(wire).some(
			(block) => getField(block, 'toolUse') ?? getField(block, 'toolResult')
		);
	});
	const own = users.find(({ message }) => message.id !== '');
	if (own === undefined) return {};
	mends.push({ code: 'named-tools', message: own.message.id });
	const calls = users
		.flatMap(({ wire }) => blocksOf(wire))
		.map((block) => getField(block, 'toolUse'));
	const named = new Map(calls.flatMap((call) => nameTool(call)));
	// Of a result without its call nobody knows the tool.
	const tools = named.size > 0 ? [...named.values()] : [newSpec('tool')];
	return { toolConfig: { ...(isJsonObject(toolConfig) && toolConfig), tools } };
}

/** The tool of a call by its name: a function, or one that the service runs itself. */
function nameTool(call: JsonObject | undefined): [string, Json][] {
	const name = getString(call, 'name');
	if (name === undefined) return [];
	const isServers = getString(call, 'type') === 'server_tool_use';
	return [[name, isServers ? { systemTool: { name } } : newSpec(name)]];
}

function newSpec(name: string): Json {
	return { toolSpec: { name, inputSchema: { json: { type: 'object' } } } };
}

/** The messages with a number after each document name that an earlier document has: Converse refuses two of one name. */
export function nameDocumentsApart(said: readonly Said[], mends: Mend[]): Said[] {
	const names = new Set<string>();
	return said.map((one) => {
		const { message, wire } = one;
		const found = blocksOf(wire).flatMap(documentsIn);
		const isFree = found.every((name, i) => !names.has(name) && found.indexOf(name) === i);
		if (isFree || message.id === '' || !isJsonObject(wire)) {
			for (const name of found) names.add(name);
			return one;
		}
		const rename = (name: string): string => {
			const free = findFree(name, names);
			names.add(free);
			if (free !== name) mends.push({ code: 'document-name', message: message.id });
			return free;
		};
		return { message, wire: { ...wire, content: renameIn(blocksOf(wire), rename) } };
	});
}

/** The names of the documents in a block, also of those in a tool's result. */
function documentsIn(block: Json): string[] {
	const name = getString(getField(block, 'document'), 'name');
	const inner = listOf(getOwn(getField(block, 'toolResult'), 'content'));
	return [...(name === undefined ? [] : [name]), ...inner.flatMap(documentsIn)];
}

function renameIn(blocks: readonly Json[], rename: (name: string) => string): Json[] {
	return blocks.map((block) => {
		if (!isJsonObject(block) || documentsIn(block).length === 0) return block;
		const { document, toolResult } = block;
		if (isJsonObject(document)) {
			const name = rename(getString(document, 'name') ?? '');
			return { ...block, document: { ...document, name } };
		}
		if (!isJsonObject(toolResult)) return block;
		const content = renameIn(listOf(toolResult.content), rename);
		return { ...block, toolResult: { ...toolResult, content } };
	});
}

function findFree(name: string, taken: ReadonlySet<string>): string {
	let free = name;
	// In brackets, which a name may hold.
	for (let count = 2; taken.has(free); count++) free = `${name} (${count})`;
	return free;
}

function blocksOf(wire: Json): Json[] {
	return listOf(getOwn(wire, 'content'));
}

function listOf(value: unknown): Json[] {
	return Array.isArray(value) ? (value as Json[]) : [];
}

function getField(block: Json, name: string): JsonObject | undefined {
	const value = getOwn(block, name);
	return isJsonObject(value) ? value : undefined;
}
