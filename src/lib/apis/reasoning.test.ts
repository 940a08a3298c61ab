import { describe, expect, it } from 'vitest';
import { newMessage } from '../model/draft.ts';
import type { ApiId, Message, Part } from '../model/draft.ts';
import { Fold } from '../model/fold.ts';
import type { StreamEvent } from '../model/event.ts';
import { getOwn } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import { apis } from './index.ts';
import { mantle } from './test-kit.ts';

/** One place in which a service puts its reasoning: an answer said twice, what the page makes of it, what goes back. */
interface Place {
	name: string;
	api: ApiId;
	/** The model that answers, and one of another family. */
	model: string;
	frames: readonly (readonly [string, Json])[];
	body: Json;
	parts: Part[];
	/** The list of messages with the answer in it, without the question: as a request to the same model says it. */
	back: Json[];
	/** The same for a model of another family. */
	abroad: Json[];
}

const claude = 'us.anthropic.claude-sonnet-5';
const grok = 'xai.grok-4.6';
const gptOss = 'openai.gpt-oss-120b';
const hi: Part = { type: 'text', text: 'Hi' };

/** A Converse answer of blocks, each by its deltas and as a whole. */
function converse(
	name: string,
	blocks: readonly [deltas: readonly Json[], whole: Json][],
	parts: Part[],
	abroad: Json[] = [{ text: 'Hi' }]
): Place {
	const all: [deltas: readonly Json[], whole: Json][] = [
		...blocks,
		[[{ text: 'H' }, { text: 'i' }], { text: 'Hi' }]
	];
	const content = all.map(([, whole]) => whole);
	return {
		...{ name, api: 'converse', model: claude, parts: [...parts, hi] },
		frames: [
			['messageStart', { role: 'assistant' }],
			...all.flatMap(([deltas], contentBlockIndex) => [
				...deltas.map((delta) => ['contentBlockDelta', { contentBlockIndex, delta }] as const),
				['contentBlockStop', { contentBlockIndex }] as const
			]),
			['messageStop', { stopReason: 'end_turn' }]
		],
		body: { output: { message: { role: 'assistant', content } }, stopReason: 'end_turn' },
		back: [{ role: 'assistant', content }],
		abroad: [{ role: 'assistant', content: abroad }]
	};
}

const reasoning = (fields: Json): Json => ({ reasoningContent: fields });

/** A Chat answer: `message` as a whole, `deltas` of it. No request has a field for reasoning but the text itself. */
function chat(
	name: string,
	deltas: readonly Json[],
	message: Json,
	parts: Part[],
	content = 'Hi'
): Place {
	const sent = [{ role: 'assistant', content }];
	return {
		...{ name, api: 'chat-completions', model: gptOss, parts, back: sent, abroad: sent },
		frames: [
			...deltas.map((delta): [string, Json] => ['', { choices: [{ index: 0, delta }] }]),
			['', { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }]
		],
		body: { choices: [{ index: 0, message, finish_reason: 'stop' }] }
	};
}

const said = {
	type: 'message',
	id: 'm',
	role: 'assistant',
	content: [{ type: 'output_text', text: 'Hi' }]
};

/** A Responses answer: `item` of reasoning, the frames that make it, and then a text. */
function responses(
	name: string,
	frames: readonly Json[],
	item: Json,
	part: Part,
	back: Json[]
): Place {
	const words = { role: 'assistant', content: 'Hi' };
	const response = { id: 'r', status: 'completed', output: [item, said] };
	const all: Json[] = [
		{ type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', id: 'x' } },
		...frames,
		{ type: 'response.output_item.done', output_index: 0, item },
		{ type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: 'Hi' },
		{ type: 'response.output_item.done', output_index: 1, item: said },
		{ type: 'response.completed', response }
	];
	return {
		...{ name, api: 'responses', model: grok, parts: [part, hi], body: response },
		frames: all.map((frame) => [String(getOwn(frame, 'type')), frame] as const),
		back: [...back, words],
		abroad: [words]
	};
}

const delta = (type: string, text: string): Json => ({
	...{ type: `response.${type}.delta`, output_index: 0, content_index: 0, delta: text }
});
const summary = (...texts: string[]): Json => texts.map((text) => ({ type: 'summary_text', text }));
const thought: Part = { type: 'reasoning', text: 'Let me see' };
const sealedItem = { type: 'reasoning', id: 'x', summary: [], encrypted_content: 'ZW4=' };

const places: Place[] = [
	converse(
		'a text with a signature',
		[
			[
				[
					reasoning({ text: 'Let me' }),
					reasoning({ text: ' see' }),
					reasoning({ signature: 'c2ln' })
				],
				reasoning({ reasoningText: { text: 'Let me see', signature: 'c2ln' } })
			]
		],
		[{ ...thought, signature: 'c2ln' }]
	),
	converse(
		'nothing but a signature, in pieces of bytes',
		[
			[
				[reasoning({ signature: 'YQ==' }), reasoning({ signature: 'Yg==' })],
				reasoning({ reasoningText: { text: '', signature: 'YWI=' } })
			]
		],
		[{ type: 'reasoning', text: '', signature: 'YWI=' }]
	),
	converse(
		'a signature cut anywhere',
		[
			[
				[
					reasoning({ text: 'Let me see' }),
					reasoning({ signature: 'YWJ' }),
					reasoning({ signature: 'jZA==' })
				],
				reasoning({ reasoningText: { text: 'Let me see', signature: 'YWJjZA==' } })
			]
		],
		[{ ...thought, signature: 'YWJjZA==' }]
	),
	converse(
		'redacted, in pieces of bytes',
		[
			[
				[reasoning({ redactedContent: 'YQ==' }), reasoning({ redactedContent: 'YmM=' })],
				reasoning({ redactedContent: 'YWJj' })
			]
		],
		[{ type: 'reasoning', text: '', redacted: 'YWJj' }]
	),
	converse(
		'redacted beside a text with a signature',
		[
			[
				[reasoning({ text: 'Let me see' }), reasoning({ signature: 'c2ln' })],
				reasoning({ reasoningText: { text: 'Let me see', signature: 'c2ln' } })
			],
			[[reasoning({ redactedContent: 'YWJj' })], reasoning({ redactedContent: 'YWJj' })]
		],
		[
			{ ...thought, signature: 'c2ln' },
			{ type: 'reasoning', text: '', redacted: 'YWJj' }
		]
	),
	{
		...converse(
			'a text without a signature, which no service takes back',
			[[[reasoning({ text: 'Let me see' })], reasoning({ reasoningText: { text: 'Let me see' } })]],
			[thought]
		),
		...{
			model: 'openai.gpt-oss-120b-1:0',
			back: [{ role: 'assistant', content: [{ text: 'Hi' }] }]
		}
	},
	...['reasoning', 'reasoning_content', 'reasoning_text'].map((field) =>
		chat(
			field,
			[{ [field]: 'Let me' }, { [field]: ' see' }, { content: 'Hi' }],
			{ role: 'assistant', [field]: 'Let me see', content: 'Hi' },
			[thought, hi]
		)
	),
	chat(
		'the same under two names',
		[{ reasoning: 'Let me see', reasoning_content: 'Let me see' }, { content: 'Hi' }],
		{ reasoning: 'Let me see', reasoning_content: 'Let me see', content: 'Hi' },
		[thought, hi]
	),
	...['reasoning', 'think', 'thinking'].map((tag) => {
		const lead = `<${tag}>Let me see</${tag}>\n\n`;
		return chat(
			`leading tags <${tag}>, which go back as they stood in the text`,
			[{ content: lead.slice(0, 9) }, { content: lead.slice(9) }, { content: 'Hi' }],
			{ role: 'assistant', content: `${lead}Hi` },
			[thought, { ...hi, lead }],
			`${lead}Hi`
		);
	}),
	responses(
		'response.reasoning.delta, which does not go back without a seal',
		[delta('reasoning', 'Let me'), delta('reasoning', ' see')],
		{ type: 'reasoning', id: 'x', summary: summary('Let me see') },
		thought,
		[]
	),
	responses(
		'response.reasoning_text.delta, encrypted',
		[delta('reasoning_text', 'Let me see')],
		{ ...sealedItem, content: [{ type: 'reasoning_text', text: 'Let me see' }] },
		{
			...{ ...thought, encrypted: 'ZW4=' },
			extra: { responses: { content: [{ type: 'reasoning_text', text: 'Let me see' }] } }
		},
		[
			{
				...{ type: 'reasoning', summary: [], encrypted_content: 'ZW4=' },
				content: [{ type: 'reasoning_text', text: 'Let me see' }]
			}
		]
	),
	responses(
		'a summary of one part, encrypted',
		[delta('reasoning_summary_text', 'Let me see')],
		{ ...sealedItem, summary: summary('Let me see') },
		{ ...thought, encrypted: 'ZW4=' },
		[{ type: 'reasoning', summary: summary('Let me see'), encrypted_content: 'ZW4=' }]
	),
	responses(
		'a summary of two parts, encrypted',
		[
			{ type: 'response.reasoning_summary_part.added', output_index: 0, summary_index: 0 },
			delta('reasoning_summary_text', 'One'),
			{ type: 'response.reasoning_summary_part.added', output_index: 0, summary_index: 1 },
			delta('reasoning_summary_text', 'Two')
		],
		{ ...sealedItem, summary: summary('One', 'Two') },
		{
			...{ type: 'reasoning', text: 'One\n\nTwo', encrypted: 'ZW4=' },
			extra: { responses: { summary: summary('One', 'Two') } }
		},
		[{ type: 'reasoning', summary: summary('One', 'Two'), encrypted_content: 'ZW4=' }]
	),
	responses('encrypted only', [], sealedItem, { type: 'reasoning', text: '', encrypted: 'ZW4=' }, [
		{ type: 'reasoning', summary: [], encrypted_content: 'ZW4=' }
	])
];

function fold(events: readonly StreamEvent[]): Part[] {
	const made = new Fold();
	for (const event of events) made.add(event, 0);
	made.end(0);
	return made.parts;
}

/** The list of messages that a request to `model` has after the question, and what of the answer is lost. */
function sayBack({ api, model: from }: Place, parts: Part[], model: string) {
	const messages: Message[] = [
		newMessage('user', 'Hello'),
		{ id: 'a', role: 'assistant', parts, from: { run: 'r', model: from } },
		newMessage('user', 'And now?')
	];
	const { request, losses } = apis[api].build({ model, messages, params: {} }, mantle);
	const list = getOwn(JSON.parse(request.body ?? ''), apis[api].messages) as Json[];
	return { list: list.slice(1, -1), losses };
}

describe('reasoning, in each place where a service puts it', () => {
	it.each(places)('$api: $name: streamed and whole are the same parts', (place) => {
		const { parseEvent, parseBody } = apis[place.api];
		expect(fold(parseBody(place.body))).toEqual(place.parts);
		expect(fold(place.frames.flatMap(([event, data]) => parseEvent(event, data)))).toEqual(
			place.parts
		);
	});

	it.each(places)('$api: $name: goes back as it came, to its own family alone', (place) => {
		const home = sayBack(place, place.parts, place.model);
		expect(home.list).toEqual(place.back);
		expect(home.losses).toEqual([]);
		const abroad = sayBack(place, place.parts, 'moonshotai.kimi-k3');
		expect(abroad.list).toEqual(place.abroad);
		const sealed = place.parts.filter(
			(part) => part.type === 'reasoning' && (part.signature ?? part.redacted ?? part.encrypted)
		);
		expect(abroad.losses.filter(({ code }) => code === 'foreign-reasoning')).toEqual(
			sealed.map(() => ({ code: 'foreign-reasoning', model: place.model }))
		);
	});
});
