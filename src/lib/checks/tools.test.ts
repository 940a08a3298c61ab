import { describe, expect, it } from 'vitest';
import { applyChange } from '../model/draft-change.ts';
import type { Draft, Tool } from '../model/draft.ts';
import { find } from './test-kit.ts';
import { tools as check } from './tools.ts';

const schema = { type: 'object', properties: { a: { type: 'string' } } };
const named = (name: string, rest: object = {}): Tool => ({ type: 'function', name, ...rest });
const search: Tool = { type: 'opaque', api: 'responses', value: { type: 'web_search' } };

describe('tools before a Send', () => {
	it.each<[string, Partial<Draft>]>([
		['no tools', {}],
		['good names', { tools: [named('get_weather'), named('a-B_9'), search] }],
		[
			'what is not sent',
			{ tools: [named('no good', { off: true }), named('a'), named('a', { off: true })] }
		],
		['a choice of one that is there', { tools: [named('a')], toolChoice: { name: 'a' } }],
		['none of none', { toolChoice: 'none' }],
		['a choice among the service’s own', { tools: [search], toolChoice: 'required' }],
		['an open schema that is not strict', { tools: [named('a', { schema })] }],
		[
			'a strict one that is closed',
			{
				tools: [
					named('a', {
						strict: true,
						schema: { ...schema, required: ['a'], additionalProperties: false }
					})
				]
			}
		]
	])('are right with %s', (_, draft) => {
		expect(find(check, 'responses', draft)).toEqual([]);
	});

	it.each<[string, Partial<Draft>, Partial<Draft>]>([
		['tool-name', { tools: [named('my tool!')] }, { tools: [named('my_tool_')] }],
		['tool-name', { tools: [named('')] }, { tools: [named('tool')] }],
		['tool-name', { tools: [named('天气'), named('_')] }, { tools: [named('__2'), named('_')] }],
		[
			'tool-twice',
			{ tools: [named('a'), named('a_2'), named('a')] },
			{ tools: [named('a'), named('a_2'), named('a_3')] }
		],
		[
			'tool-choice-name',
			{ tools: [named('a', { off: true })], toolChoice: { name: 'a' } },
			{ tools: [named('a', { off: true })] }
		],
		['tool-choice-alone', { toolChoice: 'required' }, {}],
		[
			'tool-open',
			{
				tools: [
					named('a', {
						strict: true,
						schema: {
							type: 'array',
							items: { anyOf: [{ $ref: '#/$defs/a' }, schema] },
							$defs: { a: schema }
						}
					})
				]
			},
			{
				tools: [
					named('a', {
						strict: true,
						schema: {
							type: 'array',
							items: {
								anyOf: [
									{ $ref: '#/$defs/a' },
									{ ...schema, required: ['a'], additionalProperties: false }
								]
							},
							$defs: { a: { ...schema, required: ['a'], additionalProperties: false } }
						}
					})
				]
			}
		]
	])('%s, mended by its button', (code, draft, mended) => {
		const [warning, ...others] = find(check, 'chat-completions', draft);
		expect(others).toEqual([]);
		expect(warning?.code).toBe(code);
		const fix = warning?.fix;
		const change = fix && 'change' in fix ? fix.change : {};
		const whole = { model: 'm', messages: [], params: {}, ...draft };
		const after = applyChange(whole, change);
		expect(after).toEqual({ model: 'm', messages: [], params: {}, ...mended });
		expect(find(check, 'chat-completions', after)).toEqual([]);
	});
});
