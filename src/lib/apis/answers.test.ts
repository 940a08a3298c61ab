import { describe, expect, it } from 'vitest';
import type { Part } from '../model/draft.ts';
import type { Fold } from '../model/fold.ts';
import { apis } from './index.ts';
import { examples, foldEvents } from './test-kit.ts';
import type { Example } from './test-kit.ts';

const answered = examples.filter(({ response }) => response !== undefined);

/** The fold of a whole answer, to its end. */
function foldAnswer({ api, response }: Example): Fold {
	const fold = foldEvents(apis[api].parseBody(response?.body));
	fold.end(0);
	return fold;
}

function textsOf(parts: Part[], type: 'text' | 'reasoning'): string | undefined {
	const found = parts.filter((part) => part.type === type);
	return found.length === 0
		? undefined
		: found.map((part) => ('text' in part ? part.text : '')).join('');
}

/** Text, reasoning, stop reason, and counts in and out, as they stand in the fixture. */
interface Answer {
	text?: string;
	reasoning?: string;
	reason: string;
	counts?: [number, number];
}

const hello: Answer = {
	text: 'Hello! How are you doing today?',
	reason: 'end_turn',
	counts: [8, 20]
};

const answers: Record<string, Answer> = {
	'chat-runtime-gpt-oss-120b': {
		text: 'Hello! How can I help you today?',
		reasoning: 'The user says "Hello!" Just a greeting. Respond politely.',
		reason: 'stop'
	},
	'converse-deepseek': {
		text: '我是 **DeepSeek-V3**,由 **深度求索(DeepSeek)** 开发的 **大语言模型**。',
		reason: 'end_turn',
		counts: [13, 222]
	},
	'converse-qwen3': {
		text: '我是Qwen3,是阿里云推出的一种超大规模语言模型。',
		reason: 'end_turn',
		counts: [18, 204]
	},
	'converse-base-model': hello,
	'converse-system-profile': hello,
	'converse-application-profile': hello,
	'chat-mantle': {
		text: "Amazon Bedrock is AWS's fully managed service that provides on‑demand access to a suite of foundation‑model APIs.",
		reasoning:
			'We need to answer succinctly: one sentence describing Amazon Bedrock. Provide clear definition.',
		reason: 'stop',
		counts: [74, 90]
	},
	'responses-turn-2': {
		text: 'Your name is Alice and you like cats.',
		reasoning: 'We need to answer succinctly.',
		reason: 'completed',
		counts: [74, 104]
	},
	'chat-glm-5': {
		text: 'Amazon S3 (Simple Storage Service) is a scalable cloud storage service designed to store and retrieve any amount of data from anywhere on the web.',
		reason: 'stop',
		counts: [24, 59]
	},
	'gateway-image-url': {
		text: 'The image contains the following objects:\n\n1. A peach-colored short-sleeve button-up shirt\n2. An olive green plaid long coat/jacket',
		reason: 'stop',
		counts: [197, 147]
	},
	'gateway-tools': { reason: 'stop', counts: [256, 64] },
	'gateway-reasoning-claude': {
		text: '3.9 is bigger than 3.11.',
		reasoning: 'I need to compare the decimal numbers 3.9 and 3.11.',
		reason: 'stop',
		counts: [51, 565]
	}
};

describe('an answer that is not streamed', () => {
	it.each(Object.entries(answers))('reads as it stands in %s', (id, answer) => {
		const example = answered.find((one) => one.id === id);
		if (example === undefined) throw new Error(`no example ${id}`);
		const { parts, reason, usage } = foldAnswer(example);
		expect({
			text: textsOf(parts, 'text'),
			reasoning: textsOf(parts, 'reasoning'),
			reason,
			counts: usage && [usage.input, usage.output]
		}).toEqual(answer);
		expect(usage?.raw).toEqual(example.response?.body.usage);
	});

	it('has a row for every example that was answered', () => {
		const rows = answered.filter((one) => !(one.id in answers)).map(({ id }) => id);
		expect(rows).toEqual([
			'converse-unencoded-arn',
			'responses-unsupported-model',
			'chat-unknown-model',
			'chat-invalid-key'
		]);
	});

	it('has neither text nor end in the body of an error', () => {
		for (const example of answered.filter((one) => !(one.id in answers))) {
			const { parts, reason } = foldAnswer(example);
			expect({ parts, reason }).toEqual({ parts: [], reason: undefined });
		}
	});

	it('keeps a tool call although its reason is stop', () => {
		const example = answered.find(({ id }) => id === 'gateway-tools');
		expect(example && foldAnswer(example).parts).toEqual([
			{
				type: 'tool-call',
				id: '0',
				name: 'get_current_weather',
				input: '{"location": "Shanghai", "unit": "celsius"}'
			}
		]);
	});
});
