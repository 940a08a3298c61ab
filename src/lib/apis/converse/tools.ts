import type { Draft, Tool } from '../../model/draft.ts';
import { getOwn, hasFields } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Loss } from '../api.ts';
import { readTools, sayTools } from '../tools.ts';
import { completeGuess, getString, sayWithExtra } from '../words.ts';

/** The tools and the choice among them. Converse cannot be told to use none. */
export function sayToolConfig({ tools, toolChoice }: Draft, losses: Loss[]): JsonObject {
	const said = sayTools('converse', tools, sayTool, losses);
	if (toolChoice === 'none') losses.push({ code: 'tool-choice' });
	const choice = sayChoice(toolChoice);
	if (said.length === 0 && choice === undefined) return {};
	return {
		toolConfig: {
			...(said.length > 0 && { tools: said }),
			...(choice !== undefined && { toolChoice: choice })
		}
	};
}

function sayTool(tool: Tool & { type: 'function' }): Json {
	const { name, description, schema, strict } = tool;
	return sayWithExtra('converse', tool, {
		toolSpec: {
			name,
			...(description !== undefined && { description }),
			...(schema !== undefined && { inputSchema: { json: schema } }),
			...(strict !== undefined && { strict })
		}
	});
}

function sayChoice(choice: Draft['toolChoice']): JsonObject | undefined {
	if (choice === undefined || choice === 'none') return undefined;
	if (choice === 'auto') return { auto: {} };
	return choice === 'required' ? { any: {} } : { tool: { name: choice.name } };
}

/** What a `toolConfig` says, without what stands beside its words. */
export function readToolConfig(config: Json | undefined): Pick<Draft, 'tools' | 'toolChoice'> {
	const tools = readTools('converse', getOwn(config, 'tools'), readTool);
	const toolChoice = readChoice(getOwn(config, 'toolChoice'));
	return { ...(tools && { tools }), ...(toolChoice && { toolChoice }) };
}

/** A `toolSpec`; undefined for anything else. */
export function readTool(wire: Json): Tool | undefined {
	const spec = getOwn(wire, 'toolSpec');
	const name = getString(spec, 'name');
	if (name === undefined) return undefined;
	const description = getString(spec, 'description');
	const schema = getOwn(getOwn(spec, 'inputSchema'), 'json') as Json | undefined;
	const strict = getOwn(spec, 'strict');
	const guess: Tool & { type: 'function' } = {
		type: 'function',
		name,
		...(description !== undefined && { description }),
		...(schema !== undefined && { schema }),
		...(typeof strict === 'boolean' && { strict })
	};
	return completeGuess('converse', wire, guess, sayTool);
}

/** Whether a tool that is no function is one of Converse. */
export function ownsTool(wire: Json): boolean {
	return ['toolSpec', 'systemTool', 'cachePoint'].some((name) => getOwn(wire, name) !== undefined);
}

function readChoice(wire: unknown): Draft['toolChoice'] {
	if (hasFields(getOwn(wire, 'auto'))) return 'auto';
	if (hasFields(getOwn(wire, 'any'))) return 'required';
	const name = getString(getOwn(wire, 'tool'), 'name');
	return name === undefined ? undefined : { name };
}
