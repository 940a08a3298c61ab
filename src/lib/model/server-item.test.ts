import { describe, expect, it } from 'vitest';
import type { Json } from './json.ts';
import { readServerItem } from './server-item.ts';

const none = { queries: [], sources: [], tools: [] };
const url = 'https://docs.aws.amazon.com/';

describe('what a service’s own tool did', () => {
	it.each<[string, Json, object]>([
		[
			'a search',
			{
				type: 'web_search_call',
				id: 'ws_1',
				status: 'completed',
				action: { type: 'search', query: 'bedrock', sources: [{ type: 'url', url }] }
			},
			{ kind: 'search', id: 'ws_1', status: 'completed', queries: ['bedrock'], sources: [{ url }] }
		],
		[
			'a page',
			{ type: 'web_search_call', action: { type: 'open_page', url } },
			{ kind: 'page', sources: [{ url }] }
		],
		[
			'a call that failed',
			{
				...{ type: 'mcp_call', name: 'find', server_label: 'orders', arguments: '{"a":1}' },
				...{ output: null, error: { code: 7 } }
			},
			{ kind: 'call', name: 'find', server: 'orders', input: '{"a":1}', error: '{"code":7}' }
		],
		[
			'a server’s tools',
			{ type: 'mcp_list_tools', server_label: 'orders', tools: [{ name: 'find' }, 7] },
			{ kind: 'list', server: 'orders', tools: ['find'] }
		],
		[
			'code',
			{
				...{ type: 'code_interpreter_call', code: 'print(42)' },
				outputs: [{ type: 'logs', logs: '42' }]
			},
			{ kind: 'code', code: 'print(42)', output: '42' }
		],
		[
			'files',
			{
				...{ type: 'file_search_call', queries: ['tea'] },
				results: [{ filename: 'a.md', text: 'Green' }]
			},
			{ kind: 'files', queries: ['tea'], sources: [{ title: 'a.md', text: 'Green' }] }
		],
		['nothing but its type', { type: 'web_search_call' }, { kind: 'search' }]
	])('on Responses: %s', (_, value, item) => {
		expect(readServerItem({ type: 'opaque', api: 'responses', value })).toEqual({
			...none,
			...item
		});
	});

	it.each<[string, Json, object]>([
		[
			'sources',
			[{ json: { results: [{ title: 'Bedrock', url }] } }],
			{ sources: [{ title: 'Bedrock', url }] }
		],
		[
			'the output of code',
			[{ json: { stdOut: '42\n', stdErr: 'warned', exitCode: 0 } }],
			{ output: '42\n', error: 'warned' }
		],
		['a text', [{ text: 'found' }], { output: 'found' }],
		['another object', [{ json: { a: 1 } }], { output: '{\n  "a": 1\n}' }]
	])('on Converse: %s', (_, content, item) => {
		const value = { toolResult: { toolUseId: 't1', type: 'server_tool_use', content } };
		const part = { type: 'opaque', api: 'converse', value } as const;
		expect(readServerItem(part)).toEqual({ ...none, kind: 'result', id: 't1', ...item });
	});

	it.each<[string, Json]>([
		['an item of another type', { type: 'image_generation_call' }],
		['a type that every object has', { type: 'constructor' }],
		['no object', 7]
	])('is nothing of %s', (_, value) => {
		expect(readServerItem({ type: 'opaque', api: 'responses', value })).toBeUndefined();
	});
});
