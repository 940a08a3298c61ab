import { describe, expect, it } from 'vitest';
import type { ApiId } from '../model/draft.ts';
import { Fold } from '../model/fold.ts';
import type { Json } from '../model/json.ts';
import { apis } from './index.ts';
import { framesOf, recordings } from './test-recordings.ts';

/** What stands in an answer. */
interface Said {
	text: string;
	reasoning: string;
	calls: { id: string; name: string; input: string }[];
	/** Signatures and encrypted reasoning, in order. */
	seals: string[];
	/** The service's own object. */
	usage: Json | undefined;
}

// What the events of each API hold of that, read here by hand and not by the page's own reading.
interface ConverseEvent {
	contentBlockStart?: { start: { toolUse?: { toolUseId: string; name: string } } };
	contentBlockDelta?: {
		delta: {
			text?: string;
			toolUse?: { input: string };
			reasoningContent?: { text?: string; signature?: string; data?: string };
		};
	};
	metadata?: { usage?: Json };
}

interface ChatEvent {
	choices?: {
		delta?: {
			content?: string | null;
			reasoning_content?: string | null;
			tool_calls?: {
				index: number;
				id?: string;
				function?: { name?: string; arguments?: string };
			}[];
		};
	}[];
	usage?: Json;
}

interface ResponsesEvent {
	type: string;
	output_index?: number;
	item?: {
		type: string;
		call_id: string;
		name: string;
		arguments: string;
		encrypted_content?: string | null;
		summary?: { text: string }[];
		content?: { text?: string }[];
	};
	response?: { usage?: Json; output?: { type: string; encrypted_content?: string | null }[] };
}

const readers: Record<ApiId, (events: Json[], said: Said) => void> = {
	converse(events, said) {
		for (const event of events as unknown as ConverseEvent[]) {
			const { toolUse } = event.contentBlockStart?.start ?? {};
			if (toolUse) said.calls.push({ id: toolUse.toolUseId, name: toolUse.name, input: '' });
			const { text, toolUse: piece, reasoningContent } = event.contentBlockDelta?.delta ?? {};
			said.text += text ?? '';
			said.reasoning += reasoningContent?.text ?? '';
			if (reasoningContent?.signature) said.seals.push(reasoningContent.signature);
			const call = said.calls.at(-1);
			if (piece && call) call.input += piece.input;
			said.usage ??= event.metadata?.usage;
		}
	},
	'chat-completions'(events, said) {
		for (const { choices, usage } of events as unknown as ChatEvent[]) {
			const delta = choices?.[0]?.delta;
			said.text += delta?.content ?? '';
			said.reasoning += delta?.reasoning_content ?? '';
			for (const { index, id, function: called } of delta?.tool_calls ?? []) {
				const call = (said.calls[index] ??= { id: '', name: '', input: '' });
				call.id ||= id ?? '';
				call.name ||= called?.name ?? '';
				call.input += called?.arguments ?? '';
			}
			if (usage) said.usage = usage;
		}
	},
	responses(events, said) {
		for (const { type, item, response } of events as unknown as ResponsesEvent[]) {
			if (type === 'response.output_item.done' && item !== undefined) {
				const { call_id: id, name, arguments: input, encrypted_content: seal } = item;
				const texts = item.content?.map(({ text }) => text ?? '').join('') ?? '';
				if (item.type === 'message') said.text += texts;
				if (item.type === 'function_call') said.calls.push({ id, name, input });
				if (item.type !== 'reasoning') continue;
				said.reasoning += (item.summary ?? []).map(({ text }) => text).join('\n\n') + texts;
				if (seal) said.seals.push(seal);
			}
			said.usage = response?.usage ?? said.usage;
			// A service seals its reasoning anew when it repeats it at the end.
			const last =
				response?.output?.flatMap(({ type: kind, encrypted_content: seal }) => {
					return kind === 'reasoning' && seal ? [seal] : [];
				}) ?? [];
			if (last.length > 0) said.seals = last;
		}
	}
};

function foldOf(api: ApiId, events: Json[]): Fold {
	const fold = new Fold();
	for (const [event, data] of events.flatMap((value) => framesOf(api, value))) {
		for (const one of apis[api].parseEvent(event, data)) fold.add(one, 0);
	}
	fold.end(0);
	return fold;
}

/** What the page has made of the same events. */
function saidBy({ parts, usage }: Fold): Said {
	const said: Said = { text: '', reasoning: '', calls: [], seals: [], usage: usage?.raw };
	for (const part of parts) {
		if (part.type === 'text') said.text += (part.lead ?? '') + part.text;
		else if (part.type === 'tool-call') {
			said.calls.push({ id: part.id, name: part.name, input: part.input });
		} else if (part.type === 'reasoning') {
			said.reasoning += part.text;
			const { signature, redacted, encrypted } = part;
			said.seals.push(...[signature, redacted, encrypted].filter((seal) => seal !== undefined));
		}
	}
	return said;
}

// Names of frames, places in them, the states an item passes through, and padding: how a stream says things, and nothing
// that it says. Seals are compared above; of the phases of several messages the last one stands among the details.
const framing = new Set(
	(
		'type sequence_number item_id output_index content_index summary_index contentBlockIndex index id status role p ' +
		'obfuscation object created created_at completed_at role choices system_fingerprint messageStart contentBlockStart ' +
		'contentBlockStop partial_image_index latencyMs encrypted_content fingerprint phase'
	).split(' ')
);
// What a response repeats of the request that it answers.
const repeated = new Set(
	(
		'instructions max_output_tokens max_tool_calls parallel_tool_calls previous_response_id prompt_cache_key ' +
		'prompt_cache_retention safety_identifier store temperature text tool_choice tools top_logprobs top_p truncation ' +
		'user metadata background include frequency_penalty presence_penalty reasoning'
	).split(' ')
);

/** The texts and numbers in a value, but for those of which `isLeftOut` is true, by their names and what they stand in. */
function* leavesOf(
	value: Json,
	isLeftOut: (name: string, inside: string) => boolean = () => false,
	inside = ''
): Generator<string> {
	if (typeof value === 'string') yield value;
	else if (typeof value === 'number') yield String(value);
	else if (Array.isArray(value)) {
		for (const item of value) yield* leavesOf(item, isLeftOut, inside);
	} else if (value !== null && typeof value === 'object') {
		for (const [name, item] of Object.entries(value)) {
			if (!isLeftOut(name, inside)) yield* leavesOf(item, isLeftOut, name);
		}
	}
}

/** Whether a later event says again, as it came to be, what an event says: the beginning of a response or of an item, and
 * pieces of text, which are compared above. */
const isBeginning = (event: Json): boolean =>
	/^response\.(created|in_progress|queued|output_item\.added|output_text\.delta)$/.test(
		String((event as { type?: string }).type)
	);

const saysNothing = (name: string, inside: string): boolean =>
	framing.has(name) || (inside === 'response' && repeated.has(name));

/** All that the page keeps of an answer, as one text. */
function keptOf({ parts, others, usage, details, responseId, model, reason, error }: Fold): string {
	const raw = [usage?.raw, error?.raw];
	const all = { parts, others, details, responseId, model, reason, raw };
	return [...leavesOf(JSON.parse(JSON.stringify(all)) as Json)].join('\n');
}

describe('a recorded stream', () => {
	if (recordings.length === 0) it.skip('is not here: the recordings are not part of the project');

	it.each(recordings)('$name: what stands in it is what is shown and kept', ({ api, answers }) => {
		for (const events of answers) {
			const expected: Said = { text: '', reasoning: '', calls: [], seals: [], usage: undefined };
			readers[api](events, expected);
			expect(saidBy(foldOf(api, events))).toEqual(expected);
		}
	});

	it.each(recordings)('$name: no field of it is lost', ({ api, answers }) => {
		for (const events of answers) {
			const kept = keptOf(foldOf(api, events));
			const lost = events
				.filter((event) => !isBeginning(event))
				.flatMap((event) => [...leavesOf(event, saysNothing)]);
			expect(lost.filter((leaf) => !kept.includes(leaf))).toEqual([]);
		}
	});
});
