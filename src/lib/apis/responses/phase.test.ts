import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { targetOf } from '../../catalog/targets.ts';
import type { Message } from '../../model/draft.ts';
import { foldEvents } from '../test-kit.ts';
import { parseBody, parseEvent } from './events.ts';
import { build } from './request.ts';

function newMessage(
	id: string,
	phase: 'commentary' | 'final_answer' | undefined,
	text: string
): OpenAI.Responses.ResponseOutputMessage {
	return {
		...{ type: 'message', id, role: 'assistant', status: 'completed' },
		...(phase && { phase }),
		content: [{ type: 'output_text', text, annotations: [] }]
	};
}

const output = [
	newMessage('m1', 'commentary', 'Let me see.'),
	newMessage('m2', 'final_answer', 'It is four.')
];
const whole = { id: 'r', model: 'openai.gpt-5.6-sol', status: 'completed', output };

/** The same answer as a stream. */
const frames = [
	...output.flatMap((item, output_index) => {
		const [part] = item.content;
		const at = { output_index, item_id: item.id, content_index: 0 };
		const text = part?.type === 'output_text' ? part.text : '';
		const added = { ...item, status: 'in_progress', content: [] };
		return [
			{ type: 'response.output_item.added', output_index, item: added },
			{ type: 'response.content_part.added', ...at, part: { ...part, text: '' } },
			{ type: 'response.output_text.delta', ...at, delta: text },
			{ type: 'response.output_text.done', ...at, text },
			{ type: 'response.content_part.done', ...at, part },
			{ type: 'response.output_item.done', output_index, item }
		];
	}),
	{ type: 'response.completed', response: whole }
];

const streamed = foldEvents(frames.flatMap((frame) => parseEvent(frame.type, frame))).parts;
const read = foldEvents(parseBody(whole)).parts;

/** The items that go back to a model for an answer of `openai.gpt-5.6-sol`. */
function sendBack(parts: Message['parts'], model: string): unknown {
	const from = { run: 'r', model: 'openai.gpt-5.6-sol' };
	const messages: Message[] = [
		{ id: 'a', role: 'user', parts: [{ type: 'text', text: 'Add.' }] },
		{ id: 'b', role: 'assistant', parts, from },
		{ id: 'c', role: 'user', parts: [{ type: 'text', text: 'Again.' }] }
	];
	const target = targetOf('https://bedrock-mantle.us-west-2.api.aws/openai/v1/responses');
	const { request } = build({ model, params: {}, messages }, target);
	return (JSON.parse(request.body ?? '') as { input: unknown[] }).input.slice(1, -1);
}

describe('the phase of an answer’s messages', () => {
	it('is the same streamed and whole', () => {
		expect(streamed).toEqual(read);
	});

	it('goes back to the family that gave it, each message by itself', () => {
		const items: OpenAI.Responses.EasyInputMessage[] = output.map(({ content, phase }) => ({
			role: 'assistant',
			...(phase && { phase }),
			// Annotations of nothing do not go back.
			content: content.map((part) => ({
				...{ type: 'output_text', text: part.type === 'output_text' ? part.text : '' }
			})) as never
		}));
		expect(sendBack(read, 'openai.gpt-5.6-sol')).toEqual(items);
	});

	it('does not go to another family, for which the words are enough', () => {
		expect(JSON.stringify(sendBack(read, 'xai.grok-4.6'))).not.toContain('phase');
		expect(JSON.stringify(sendBack(read, 'xai.grok-4.6'))).toContain('It is four.');
	});
});
