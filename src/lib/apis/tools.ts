import type { ApiId, Draft, Tool } from '../model/draft.ts';
import { getOwn } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import type { Loss } from './api.ts';
import { getString, typeOf } from './words.ts';

type FunctionTool = Tool & { type: 'function' };

/** The tools of a draft as an API writes them; one that was kept whole for another API is a loss. */
export function sayTools(
	api: ApiId,
	tools: readonly Tool[] | undefined,
	sayTool: (tool: FunctionTool) => Json,
	losses: Loss[]
): Json[] {
	return (tools ?? []).flatMap((tool) => {
		if (tool.off === true) return [];
		if (tool.type === 'function') return [sayTool(tool)];
		if (tool.api === api) return [tool.value];
		losses.push({ code: 'tool' });
		return [];
	});
}

/** The tools of a body, those without words kept whole; undefined where there are none. */
export function readTools(
	api: ApiId,
	wire: unknown,
	readTool: (wire: Json) => Tool | undefined
): Tool[] | undefined {
	if (!Array.isArray(wire) || wire.length === 0) return undefined;
	return (wire as Json[]).map((one) => readTool(one) ?? { type: 'opaque', api, value: one });
}

/** What the OpenAI APIs say of a function; `spec` is the object that holds its name. */
export function guessFunction(spec: unknown): FunctionTool | undefined {
	const name = getString(spec, 'name');
	if (name === undefined) return undefined;
	const description = getString(spec, 'description');
	const schema = getOwn(spec, 'parameters') as Json | undefined;
	const strict = getOwn(spec, 'strict');
	return {
		type: 'function',
		name,
		...(description !== undefined && { description }),
		...(schema !== undefined && { schema }),
		...(typeof strict === 'boolean' && { strict })
	};
}

/** A function as the OpenAI APIs describe it. */
export function sayFunction({ name, description, schema, strict }: FunctionTool): {
	[key: string]: Json;
} {
	return {
		name,
		...(description !== undefined && { description }),
		...(schema !== undefined && { parameters: schema }),
		...(strict !== undefined && { strict })
	};
}

const choices = ['auto', 'none', 'required'] as const;

/** A `tool_choice`; `nameOf` finds the name in an object that chooses one function. */
export function readChoice(
	wire: Json | undefined,
	nameOf: (wire: Json) => string | undefined
): Pick<Draft, 'toolChoice'> {
	const word = choices.find((one) => one === wire);
	if (word !== undefined) return { toolChoice: word };
	const name = wire !== undefined && typeOf(wire) === 'function' ? nameOf(wire) : undefined;
	return name === undefined ? {} : { toolChoice: { name } };
}
