import type { ApiId } from '../model/draft.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** One answer said twice: as the frames of a stream, by event and data, and in one piece. */
export interface Spoken {
	frames: [string, Json][];
	body: Json;
}

/** What random answers are made of; the same seed gives the same. */
export interface SpokenKit {
	/** A whole number below `below`. */
	pick(below: number): number;
	/** A text that is not empty. */
	text(): string;
	/** A text in pieces, of which some may be empty. */
	cut(text: string): string[];
}

const words = ['Hi', ' you', '\n\n', '3.0', '<b>', ' naïve', ' 🙂', '"', '\\', 'a < b', '</think>'];
const starts = [
	'',
	'',
	'',
	'<think>Hm</think>',
	'<thinking>\nWell\n</thinking>\n\n',
	'<think>open',
	' '
];

/** A kit of a seed. */
export function newSpokenKit(seed: number): SpokenKit {
	let state = seed * 2654435761 + 1;
	const pick = (below: number): number => {
		state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
		return ((state ^ (state >>> 13)) >>> 0) % below;
	};
	return {
		pick,
		text: () =>
			(starts[pick(starts.length)] ?? '') +
			Array.from({ length: 1 + pick(5) }, () => words[pick(words.length)] ?? '').join('') +
			'.',
		cut(text) {
			const at = [pick(text.length + 1), pick(text.length + 1)].sort((a, b) => a - b);
			return [text.slice(0, at[0]), text.slice(at[0], at[1]), text.slice(at[1])];
		}
	};
}

/** A random answer of an API. */
export function newSpoken(api: ApiId, kit: SpokenKit): Spoken {
	const count = kit.pick(5);
	switch (api) {
		case 'converse':
			return sayConverse(Array.from({ length: count }, () => newConverseBlock(kit)));
		case 'chat-completions':
			return sayChat(kit);
		case 'responses':
			return sayResponses(
				Array.from({ length: count }, (_, i) => newItem(kit, i)),
				kit
			);
	}
}

interface Block {
	start?: JsonObject;
	deltas: JsonObject[];
	whole: JsonObject;
}

function newConverseBlock(kit: SpokenKit): Block {
	const text = kit.text();
	const pieces = kit.cut(text);
	const bytes = [kit.text(), kit.text()].map((one) => btoa(encodeURIComponent(one)));
	const joined = btoa(bytes.map((one) => atob(one)).join(''));
	switch (kit.pick(9)) {
		case 0: {
			const input = JSON.stringify({ q: text });
			const known = { toolUseId: 't1', name: 'n', ...(kit.pick(2) && { type: 'server_tool_use' }) };
			return {
				start: { toolUse: known },
				deltas: kit.cut(input).map((piece) => ({ toolUse: { input: piece } })),
				whole: { toolUse: { ...known, input: { q: text } } }
			};
		}
		case 1:
			return {
				deltas: [
					...pieces.map((piece) => ({ reasoningContent: { text: piece } })),
					{ reasoningContent: { signature: 's1' } },
					{ reasoningContent: { signature: 's2' } }
				],
				whole: { reasoningContent: { reasoningText: { text, signature: 's1s2' } } }
			};
		case 2:
			return {
				deltas: bytes.map((one) => ({ reasoningContent: { redactedContent: one } })),
				whole: { reasoningContent: { redactedContent: joined } }
			};
		case 3: {
			const known = { toolUseId: 't1', type: 'server_tool_use' };
			return {
				start: { toolResult: known },
				deltas: [
					...pieces.filter(Boolean).map((piece) => ({ toolResult: [{ text: piece }] })),
					{ toolResult: [{ json: { a: 1 } }] }
				],
				whole: { toolResult: { ...known, content: [{ text }, { json: { a: 1 } }] } }
			};
		}
		case 4:
			return {
				start: { image: { format: 'png' } },
				deltas: bytes.map((one) => ({ image: { source: { bytes: one } } })),
				whole: { image: { format: 'png', source: { bytes: joined } } }
			};
		case 5: {
			const citations = [
				{ title: 'A', location: { web: { url: 'https://a.example/' } } },
				{ title: 'B' }
			];
			return {
				deltas: [
					...pieces.map((piece) => ({ text: piece })),
					...citations.map((citation) => ({ citation }))
				],
				whole: { citationsContent: { content: [{ text }], citations } }
			};
		}
		case 6:
			return {
				start: { novelty: { id: 'x' } },
				deltas: pieces.filter(Boolean).map((piece) => ({ novelty: { said: piece } })),
				whole: { novelty: { id: 'x', said: text } }
			};
		case 7:
			return {
				start: {},
				deltas: [...pieces.map((piece) => ({ text: piece })), { mood: 'calm' }],
				whole: { text, mood: 'calm' }
			};
	}
	return { deltas: pieces.map((piece) => ({ text: piece })), whole: { text } };
}

function sayConverse(blocks: Block[]): Spoken {
	const frames: [string, Json][] = [['messageStart', { role: 'assistant' }]];
	blocks.forEach(({ start, deltas }, contentBlockIndex) => {
		if (start) frames.push(['contentBlockStart', { contentBlockIndex, start }]);
		for (const delta of deltas) frames.push(['contentBlockDelta', { contentBlockIndex, delta }]);
		frames.push(['contentBlockStop', { contentBlockIndex }]);
	});
	frames.push(['messageStop', { stopReason: 'end_turn' }]);
	const content = blocks.map(({ whole }) => whole);
	return { frames, body: { output: { message: { content } }, stopReason: 'end_turn' } };
}

function sayChat(kit: SpokenKit): Spoken {
	const deltas: JsonObject[] = [{ role: 'assistant', content: '', refusal: null }];
	const message: JsonObject = { role: 'assistant', content: null };
	if (kit.pick(2)) {
		const reasoning = kit.text();
		message.reasoning_content = reasoning;
		deltas.push(...kit.cut(reasoning).map((piece) => ({ reasoning_content: piece })));
	}
	if (kit.pick(3)) {
		const content = kit.text();
		message.content = content;
		deltas.push(...kit.cut(content).map((piece) => ({ content: piece })));
		if (kit.pick(2)) {
			message.annotations = [{ type: 'url_citation', url_citation: { url: 'https://a.example/' } }];
			deltas.push({ annotations: message.annotations });
		}
	}
	if (kit.pick(3) === 0) {
		const refusal = kit.text();
		message.refusal = refusal;
		deltas.push(...kit.cut(refusal).map((piece) => ({ refusal: piece })));
	}
	const calls = Array.from({ length: kit.pick(3) }, (_, index): JsonObject => {
		if (kit.pick(4) === 0)
			return { id: `c${index}`, type: 'custom', custom: { name: 'n', input: kit.text() } };
		const called = { name: 'n', arguments: JSON.stringify({ q: kit.text() }) };
		return {
			id: `c${index}`,
			type: 'function',
			function: called,
			...(kit.pick(3) === 0 && { odd: 'x' })
		};
	});
	if (calls.length > 0) message.tool_calls = calls;
	calls.forEach((call, index) => {
		const called = (call.function ?? call.custom) as JsonObject;
		const field = call.function === undefined ? 'custom' : 'function';
		const key = field === 'custom' ? 'input' : 'arguments';
		const [first, ...rest] = kit.cut(String(called[key]));
		deltas.push({ tool_calls: [{ index, ...call, [field]: { ...called, [key]: first ?? '' } }] });
		const type = field === 'custom' ? { type: 'custom' } : {};
		for (const piece of rest)
			deltas.push({ tool_calls: [{ index, ...type, [field]: { [key]: piece } }] });
	});
	const frames = deltas.map((delta): [string, Json] => [
		'',
		{ id: 'x', choices: [{ index: 0, delta, finish_reason: null }] }
	]);
	frames.push(['', { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }]);
	return { frames, body: { id: 'x', choices: [{ index: 0, message, finish_reason: 'stop' }] } };
}

/** An item and the frames that make it, without those that say it whole. */
function newItem(kit: SpokenKit, output_index: number): { frames: JsonObject[]; item: JsonObject } {
	const text = kit.text();
	const id = `i${output_index}`;
	const pieces = kit.cut(text);
	switch (kit.pick(4)) {
		case 0: {
			const item = {
				type: 'reasoning',
				id,
				summary: [
					{ type: 'summary_text', text },
					{ type: 'summary_text', text: 'Two' }
				],
				encrypted_content: 'e'
			};
			const delta = (summary_index: number, piece: string): JsonObject => {
				return {
					type: 'response.reasoning_summary_text.delta',
					output_index,
					summary_index,
					delta: piece
				};
			};
			const added = { type: 'response.reasoning_summary_part.added', output_index };
			return {
				item,
				frames: [
					{ ...added, summary_index: 0 },
					...pieces.map((piece) => delta(0, piece)),
					{ ...added, summary_index: 1 },
					delta(1, 'Two')
				]
			};
		}
		case 1: {
			const call = { type: 'function_call', id, call_id: `c${output_index}`, name: 'n' };
			const input = JSON.stringify({ q: text });
			const type = 'response.function_call_arguments.delta';
			return {
				item: { ...call, arguments: input, ...(kit.pick(2) && { namespace: 'm' }) },
				frames: [
					{ type: 'response.output_item.added', output_index, item: { ...call, arguments: '' } },
					...kit.cut(input).map((delta) => ({ type, output_index, delta }))
				]
			};
		}
		case 2: {
			const item = { type: 'web_search_call', id, status: 'completed', action: { query: text } };
			const started = { type: 'web_search_call', id, status: 'in_progress' };
			return {
				item,
				frames: [{ type: 'response.output_item.added', output_index, item: started }]
			};
		}
	}
	const annotation = { type: 'url_citation', url: 'https://a.example/', title: 'A' };
	const annotations = kit.pick(2) ? [annotation] : [];
	const type = 'response.output_text.delta';
	return {
		item: {
			type: 'message',
			id,
			role: 'assistant',
			content: [{ type: 'output_text', text, annotations }]
		},
		frames: [
			...pieces.map((delta) => ({ type, output_index, content_index: 0, delta })),
			...annotations.map((one) => ({
				type: 'response.output_text.annotation.added',
				output_index,
				content_index: 0,
				annotation: one
			}))
		]
	};
}

/** Said in full by the end of each item, by the end of the response, by both, or by neither more than needed. */
function sayResponses(items: ReturnType<typeof newItem>[], kit: SpokenKit): Spoken {
	const output = items.map(({ item }) => item);
	const body = { id: 'r', status: 'completed', output };
	const way = kit.pick(4);
	const frames: JsonObject[] = [{ type: 'response.created', response: { id: 'r' } }];
	items.forEach(({ frames: own, item }, output_index) => {
		// Some servers send no deltas, and the answer only at its end.
		if (way !== 3) frames.push(...own);
		if (way < 2) frames.push({ type: 'response.output_item.done', output_index, item });
	});
	const last = way === 1 ? { ...body, output: [] } : body;
	frames.push({ type: 'response.completed', response: last });
	return { frames: frames.map((frame) => [String(frame.type), frame]), body };
}
