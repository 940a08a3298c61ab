import { describe, expect, it } from 'vitest';
import type { ApiId } from '../model/draft.ts';
import { importTools } from './import-tools.ts';

const schema = { type: 'object', properties: { city: { type: 'string' } } };
const shapes: Record<ApiId, object> = {
	converse: { toolSpec: { name: 'weather', inputSchema: { json: schema }, strict: true } },
	'chat-completions': {
		type: 'function',
		function: { name: 'weather', parameters: schema, strict: true }
	},
	responses: { type: 'function', name: 'weather', parameters: schema, strict: true }
};
const tool = { type: 'function', name: 'weather', schema, strict: true };
const ids = Object.keys(shapes) as ApiId[];
const read = (value: unknown) => importTools(JSON.stringify(value), 'responses');

describe('tools out of a text', () => {
	it.each(ids)('in the shape of %s: a list, one tool, a whole request', (api) => {
		const found = { tools: [tool], functions: [{ api, count: 1 }], kept: 0 };
		const one = shapes[api];
		expect(read([one])).toEqual(found);
		expect(read(one)).toEqual(found);
		expect(read({ model: 'm', tools: [one] })).toEqual(found);
		expect(read({ toolConfig: { tools: [one] } })).toEqual(found);
	});

	it('says whether it is strict only where the text does', () => {
		const { strict: _, ...silent } = shapes.responses as { strict: boolean };
		expect(read(silent)?.tools).toEqual([{ type: 'function', name: 'weather', schema }]);
	});

	it('keeps what is no function, for the API that has it', () => {
		const list = [
			{ systemTool: { name: 'nova_grounding' } },
			{ type: 'web_search' },
			{ type: 'custom', custom: { name: 'x' } },
			{ strange: 1 }
		];
		expect(read(list)).toEqual({
			tools: [
				{ type: 'opaque', api: 'converse', value: list[0] },
				{ type: 'opaque', api: 'responses', value: list[1] },
				{ type: 'opaque', api: 'chat-completions', value: list[2] },
				{ type: 'opaque', api: 'responses', value: list[3] }
			],
			functions: [],
			kept: 4
		});
	});

	it('finds nothing in what holds no tool, and takes no text that is not JSON', () => {
		for (const value of [{}, [], 7, { messages: [] }]) expect(read(value)).toBeUndefined();
		expect(() => importTools('{"tools":', 'converse')).toThrow(SyntaxError);
	});
});
