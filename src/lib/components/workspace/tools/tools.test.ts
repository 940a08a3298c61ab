import { describe, expect, it } from 'vitest';
import type { Json } from '../../../model/json.ts';
import { exampleOf } from '../../../model/json-example.ts';
import { GrowingText } from '../../../state/growing-text.ts';
import OtherPart from '../OtherPart.svelte';
import { draw, sayOf } from '../test-render.ts';
import ApprovalRow from './ApprovalRow.svelte';
import { showJson } from './show-json.ts';
import ToolCall from './ToolCall.svelte';

function callOf(
	input: string,
	state: { live?: boolean; isOpen?: boolean; isServers?: boolean } = {}
) {
	return { id: 't1', name: 'get_weather', source: new GrowingText(input), ...state };
}

describe('a tool call', () => {
	it('shows its name at once, and its arguments in order once they are whole', () => {
		expect(sayOf(ToolCall, callOf('', { live: true, isOpen: true }))).toBe('get_weather t1');
		expect(sayOf(ToolCall, callOf('{"city":"Lisbon"}'))).toContain('{ "city": "Lisbon" }');
		expect(sayOf(ToolCall, callOf(''))).toContain('{}');
	});

	it('says that arguments are not JSON only when nothing more comes', () => {
		const words = 'These arguments are not JSON';
		expect(sayOf(ToolCall, callOf('{"ci', { live: true, isOpen: true }))).not.toContain(words);
		expect(sayOf(ToolCall, callOf('{"ci', { live: true }))).not.toContain(words);
		expect(sayOf(ToolCall, callOf('{"ci'))).toContain(words);
	});

	it('says of the service’s own that the service runs it', () => {
		expect(sayOf(ToolCall, callOf('{}', { isServers: true }))).toContain('run by the service');
		expect(sayOf(ToolCall, callOf('{}'))).not.toContain('run by the service');
	});
});

describe('JSON as it is shown', () => {
	it.each([
		['{"a":1.0,"b":9007199254740993}', '{ "a": 1.0, "b": 9007199254740993 }'],
		['"\\n"', '"\\n"'],
		[`["${'x'.repeat(80)}"]`, `[\n  "${'x'.repeat(80)}"\n]`],
		['{"a', undefined]
	])('%s', (json, shown) => {
		expect(showJson(json)).toBe(shown);
	});
});

describe('what a service’s own tool did', () => {
	const draws = (value: Json) =>
		draw(OtherPart, { part: { type: 'opaque', api: 'responses', value } });

	it('is shown with its sources as links, and whole in a disclosure', () => {
		const html = draws({
			type: 'web_search_call',
			status: 'completed',
			action: {
				...{ type: 'search', query: 'bedrock' },
				sources: [{ url: 'https://docs.aws.amazon.com/x' }, { url: 'javascript:alert(1)' }]
			}
		});
		expect(html).toContain('Web search');
		expect(html).toContain('<a href="https://docs.aws.amazon.com/x" target="_blank"');
		expect(html).not.toContain('href="javascript');
		expect(html).toContain('As it came');
	});

	it('is kept as it is where there is no word for it', () => {
		expect(draws({ type: 'new_thing', a: 1 })).toContain('cannot draw');
	});
});

describe('a server’s tool that asks to be run', () => {
	const call = {
		id: 'mcpr_1',
		name: 'run',
		input: '{"text":"all"}',
		isCut: false,
		server: 'orders'
	};
	const props = { call, server: 'orders', onresult: () => undefined };

	it.each([
		[undefined, ['false', 'false'], false],
		[true, ['true', 'false'], false],
		[false, ['false', 'true'], true]
	])(
		'has two buttons, and room for a reason where it is denied: %s',
		(approve, pressed, hasReason) => {
			const result = { text: '', ...(approve !== undefined && { approve }) };
			const html = draw(ApprovalRow, { ...props, result });
			const buttons = [
				...html.matchAll(/aria-label="(Approve|Deny) mcpr_1" aria-pressed="(\w+)"/g)
			];
			expect(buttons.map(([, , state]) => state)).toEqual(pressed);
			expect(html.includes('Reason for denying mcpr_1')).toBe(hasReason);
		}
	);

	it.each([
		[true, 'approved'],
		[false, 'denied']
	])('shows what was decided as a card: %s', (approve, said) => {
		const value = {
			...{ type: 'mcp_approval_response', approval_request_id: 'mcpr_1' },
			...{ approve, reason: 'Because.' }
		};
		const words = sayOf(OtherPart, { part: { type: 'opaque', api: 'responses', value } });
		expect(words).toMatch(
			new RegExp(`^Answer to a server’s tool ${said} mcpr_1 Output Because\\.`)
		);
	});
});

describe('an example of a schema', () => {
	it.each<[Json, Json]>([
		[
			{ type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer' } } },
			{ city: 'text', days: 1 }
		],
		[
			{ type: 'object', properties: { unit: { enum: ['celsius', 'kelvin'] } } },
			{ unit: 'celsius' }
		],
		[{ type: ['string', 'null'], examples: ['Lisbon'] }, 'Lisbon'],
		[{ type: 'array', items: { type: 'boolean' } }, [true]],
		[{ type: 'number', minimum: 5 }, 5],
		[true, {}]
	])('%j', (schema, example) => {
		expect(exampleOf(schema)).toEqual(example);
	});
});
