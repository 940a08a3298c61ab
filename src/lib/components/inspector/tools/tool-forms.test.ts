import { describe, expect, it } from 'vitest';
import { apis } from '../../../apis/index.ts';
import type { Tool } from '../../../model/draft.ts';
import type { Json } from '../../../model/json.ts';
import { draw, sayOf } from '../../workspace/test-render.ts';
import FunctionForm from './FunctionForm.svelte';
import { nameOf } from './names.ts';
import ServerForm from './ServerForm.svelte';
import ToolItem from './ToolItem.svelte';

const nothing = () => undefined;
const weather = {
	...({ type: 'function', name: 'get_weather', description: 'The weather' } as const),
	schema: {
		type: 'object',
		properties: { unit: { type: 'string', enum: ['celsius', 'kelvin'] } },
		required: ['unit']
	}
};

describe('the form of a function', () => {
	const props = { tool: weather, strictByDefault: false, ontool: nothing };

	it('has a row for each argument, where the schema says no more than a form can', () => {
		const html = draw(FunctionForm, props);
		expect(html).toContain('value="get_weather"');
		expect(html).toContain('value="unit"');
		expect(html).toContain('value="celsius, kelvin"');
		expect(html).not.toContain('Schema of');
	});

	it('is JSON for any other schema', () => {
		const schema = { ...weather.schema, oneOf: [] };
		const html = draw(FunctionForm, { ...props, tool: { ...weather, schema } });
		expect(html).toContain('Schema of get_weather');
		expect(html).toContain('says more than the form can');
	});

	it.each([
		[true, undefined, true],
		[true, false, false],
		[false, undefined, false]
	])(
		'says what no word of strict means: by default %s, said %s',
		(strictByDefault, strict, isSaid) => {
			const tool = { ...weather, ...(strict !== undefined && { strict }) };
			const words = sayOf(FunctionForm, { ...props, tool, strictByDefault });
			expect(words.includes('takes the function as strict')).toBe(isSaid);
		}
	);
});

describe('the form of a tool that the service runs', () => {
	const [system] = apis.converse.tools.servers;
	const [search, mcp] = apis.responses.tools.servers;

	it.each([
		[system, 'systemTool.name', 'nova_code_interpreter'],
		[search, 'external_web_access', 'false'],
		[mcp, 'connector_id', 'arn:aws:lambda']
	])('has its fields', (form, name, hint) => {
		if (form === undefined) throw new Error('There is no such form');
		const html = draw(ServerForm, {
			form,
			value: form.value,
			endpoint: 'mantle',
			onvalue: nothing
		});
		expect(html).toContain(name);
		expect(html).toContain(hint);
		expect(html).not.toContain('has it');
	});

	it('says where alone it is', () => {
		if (search === undefined) throw new Error('There is no such form');
		const props = { form: search, value: search.value, endpoint: 'runtime', onvalue: nothing };
		expect(sayOf(ServerForm, props)).toContain('Only mantle has it');
	});

	it('is added as a tool that its own API knows again, and no function of any', () => {
		for (const api of Object.values(apis)) {
			for (const { value, fits } of api.tools.servers) {
				expect(fits(value)).toBe(true);
				expect(api.tools.owns(value)).toBe(true);
				for (const other of Object.values(apis)) expect(other.tools.read(value)).toBeUndefined();
			}
		}
	});
});

describe('a tool in the list', () => {
	const props = {
		api: 'responses' as const,
		...{ known: apis.responses.tools, endpoint: 'mantle' },
		...{ isOpen: false, onopen: nothing, ontool: nothing }
	};

	it('says that it is not sent, or that it is another API’s', () => {
		const off = { ...weather, off: true as const };
		expect(sayOf(ToolItem, { ...props, tool: off })).toContain('not sent');
		const foreign: Tool = { type: 'opaque', api: 'converse', value: { systemTool: { name: 'x' } } };
		expect(sayOf(ToolItem, { ...props, tool: foreign })).toContain('kept and not sent');
		expect(sayOf(ToolItem, { ...props, tool: weather })).toBe('get_weather The weather');
	});

	it.each<[Json, string]>([
		[{ type: 'mcp', server_label: 'orders' }, 'mcp orders'],
		[{ type: 'web_search' }, 'web_search'],
		[{ systemTool: { name: 'nova_grounding' } }, 'nova_grounding'],
		[{ cachePoint: { type: 'default' } }, 'cachePoint'],
		[null, '']
	])('%j is called %s', (value, name) => {
		expect(nameOf({ type: 'opaque', api: 'responses', value })).toBe(name);
	});
});
