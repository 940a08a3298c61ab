import { describe, expect, it } from 'vitest';
import { foldEvents } from '../test-kit.ts';
import { parseBody, parseEvent } from './events.ts';

describe('a Converse stream', () => {
	it('folds into reasoning, text, a tool call, a reason and usage', () => {
		const frames: [string, unknown][] = [
			['messageStart', { role: 'assistant', p: 'abc' }],
			['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { text: 'Hm' } } }],
			[
				'contentBlockDelta',
				{ contentBlockIndex: 0, delta: { reasoningContent: { signature: 's1' } } }
			],
			[
				'contentBlockDelta',
				{ contentBlockIndex: 0, delta: { reasoningContent: { signature: 's2' } } }
			],
			['contentBlockStop', { contentBlockIndex: 0 }],
			['contentBlockDelta', { contentBlockIndex: 1, delta: { text: 'Hi' } }],
			[
				'contentBlockStart',
				{ contentBlockIndex: 2, start: { toolUse: { toolUseId: 't', name: 'n' } } }
			],
			['contentBlockDelta', { contentBlockIndex: 2, delta: { toolUse: { input: '{"a"' } } }],
			['contentBlockDelta', { contentBlockIndex: 2, delta: { toolUse: { input: ':1}' } } }],
			['somethingNew', { contentBlockIndex: 3 }],
			['messageStop', { stopReason: 'tool_use' }],
			[
				'metadata',
				{
					usage: { inputTokens: 1, outputTokens: 2, cacheReadInputTokens: 3 },
					trace: { guardrail: {} }
				}
			]
		];
		const fold = foldEvents(frames.flatMap(([event, data]) => parseEvent(event, data)));
		expect(fold.parts).toEqual([
			{ type: 'reasoning', text: 'Hm', signature: 's1s2' },
			{ type: 'text', text: 'Hi' },
			{ type: 'tool-call', id: 't', name: 'n', input: '{"a":1}' }
		]);
		expect(fold.reason).toBe('tool_use');
		expect(fold.usage).toMatchObject({ input: 1, output: 2, cacheRead: 3 });
		expect(fold.details).toEqual({ trace: { guardrail: {} } });
	});

	it('keeps a block it has no word for', () => {
		const image = { image: { format: 'png', source: { bytes: '' } } };
		expect(foldEvents(parseBody({ output: { message: { content: [image] } } })).parts).toEqual([
			{ type: 'opaque', api: 'converse', value: image }
		]);
	});

	it.each([{}, { delta: null }, { delta: 5 }, { start: null }, { output: 5 }, { usage: [] }])(
		'takes %j for nothing',
		(data) => {
			for (const event of ['contentBlockStart', 'contentBlockDelta', 'messageStop', '']) {
				const { parts, reason } = foldEvents(parseEvent(event, data));
				expect({ parts, reason }).toEqual({ parts: [], reason: undefined });
			}
			expect(foldEvents(parseBody(data))).toMatchObject({ parts: [] });
		}
	);
});
