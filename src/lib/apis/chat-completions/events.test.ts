import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import type { Fold } from '../../model/fold.ts';
import { foldEvents, model } from '../test-kit.ts';
import { parseBody, parseEvent } from './events.ts';

type Chunk = Pick<OpenAI.ChatCompletionChunk, 'id' | 'model'> & {
	choices: unknown[];
	usage?: unknown;
};

function newChunk(delta?: unknown, finish_reason: string | null = null): Chunk {
	const choices = delta === undefined ? [] : [{ index: 0, delta, finish_reason }];
	return { id: 'chatcmpl-1', model, choices };
}

function foldChunks(...chunks: unknown[]): Fold {
	return foldEvents(chunks.flatMap((chunk) => parseEvent('message', chunk)));
}

describe('a Chat Completions stream', () => {
	it('folds into reasoning, text, tool calls, a reason and usage', () => {
		const fold = foldChunks(
			newChunk({ role: 'assistant', content: '' }),
			newChunk({ reasoning: 'H' }),
			newChunk({ reasoning_content: 'm', reasoning: null }),
			newChunk({ content: 'H' }),
			newChunk({
				content: 'i',
				tool_calls: [
					{ index: 0, id: 'a', type: 'function', function: { name: 'n', arguments: '' } }
				]
			}),
			newChunk({
				tool_calls: [
					{ index: 0, function: { arguments: '{"x"' } },
					{ index: 1, id: 'b', function: { name: 'm', arguments: '{}' } }
				]
			}),
			newChunk({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
			newChunk({}, 'tool_calls'),
			{
				...newChunk(),
				usage: {
					prompt_tokens: 1,
					completion_tokens: 2,
					completion_tokens_details: null,
					prompt_tokens_details: { cached_tokens: 3 }
				}
			}
		);
		expect(fold.parts).toEqual([
			{ type: 'reasoning', text: 'Hm' },
			{ type: 'text', text: 'Hi' },
			{ type: 'tool-call', id: 'a', name: 'n', input: '{"x":1}' },
			{ type: 'tool-call', id: 'b', name: 'm', input: '{}' }
		]);
		expect(fold).toMatchObject({ responseId: 'chatcmpl-1', model, reason: 'tool_calls' });
		expect(fold.usage).toEqual({
			input: 1,
			output: 2,
			cacheRead: 3,
			raw: expect.anything() as unknown
		});
	});

	it('shows what may become a tag at once', () => {
		expect(foldChunks(newChunk({ content: '<thi' })).parts).toEqual([
			{ type: 'text', text: '<thi' }
		]);
	});

	it('does not lose arguments when a server repeats the name with every piece', () => {
		const piece = (text: string): Chunk =>
			newChunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'n', arguments: text } }] });
		expect(foldChunks(piece('{'), piece('}')).parts).toEqual([
			{ type: 'tool-call', id: 'a', name: 'n', input: '{}' }
		]);
	});

	it('shows the first choice, and a refusal', () => {
		const second = { index: 1, delta: { content: 'second' }, finish_reason: null };
		const chunk = { choices: [{ delta: { refusal: 'No' }, finish_reason: null }, second] };
		expect(foldChunks(chunk).parts).toEqual([{ type: 'refusal', text: 'No' }]);
	});

	it.each([
		{ choices: null },
		{ choices: [null] },
		{ choices: [{ delta: 5 }] },
		{ choices: [{ delta: { tool_calls: [null, 5, {}], content: {} } }] },
		{ choices: [], usage: null }
	])('finds no text in %j', (data) => {
		const { parts, usage } = foldEvents(parseEvent('', data));
		expect({ parts, usage }).toEqual({ parts: [], usage: undefined });
	});
});

describe('a Chat Completions body', () => {
	function foldBody(message: unknown, finish_reason: string | null = 'stop'): Fold {
		return foldEvents(parseBody({ id: 'c', model, choices: [{ message, finish_reason }] }));
	}

	it('may hold a list of texts, and calls without an index', () => {
		const call = (id: string): unknown => ({
			id,
			type: 'function',
			function: { name: 'n', arguments: '{}' }
		});
		const content = [
			{ type: 'text', text: '<think>a</think>b' },
			{ type: 'text', text: 'c' }
		];
		expect(foldBody({ content, tool_calls: [call('x'), call('y')] }).parts).toEqual([
			{ type: 'reasoning', text: 'a' },
			{ type: 'text', text: 'bc', lead: '<think>a</think>' },
			{ type: 'tool-call', id: 'x', name: 'n', input: '{}' },
			{ type: 'tool-call', id: 'y', name: 'n', input: '{}' }
		]);
	});

	it('shows the same thoughts under two names once', () => {
		const { parts } = foldBody({ content: null, reasoning: 'Hm', reasoning_content: 'Hm' });
		expect(parts).toEqual([{ type: 'reasoning', text: 'Hm' }]);
	});

	it('has no end without a reason', () => {
		expect(foldBody({ content: 'Hi' }, null).reason).toBeUndefined();
	});
});

describe('a choice beside the first', () => {
	it('keeps its own end, and what is said beside it and its failure among the details', () => {
		const { others, details, error, reason } = foldEvents(
			parseBody({
				choices: [
					{ index: 0, message: { content: 'One' }, finish_reason: 'stop' },
					{ index: 1, message: { content: 'Two' }, finish_reason: 'length', logprobs: { a: 1 } },
					{ index: 2, message: { content: 'Thr' }, error: { code: 'x', message: 'Broken' } }
				]
			})
		);
		expect({ error, reason }).toEqual({ error: undefined, reason: 'stop' });
		expect(others?.map((one) => [one.index, one.reason])).toEqual([
			[1, 'length'],
			[2, undefined]
		]);
		expect(details).toEqual({
			'choices[1]': { logprobs: { a: 1 } },
			'choices[2]': { error: { code: 'x', message: 'Broken' } }
		});
	});
});
