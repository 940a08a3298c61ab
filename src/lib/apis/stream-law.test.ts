import { describe, expect, it } from 'vitest';
import type { ApiId, Part } from '../model/draft.ts';
import type { StreamEvent } from '../model/event.ts';
import { Fold } from '../model/fold.ts';
import { isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { apis } from './index.ts';
import { framesOf, recordings } from './test-recordings.ts';
import { newSpoken, newSpokenKit } from './test-spoken.ts';

function partsOf(events: readonly StreamEvent[]): Part[] {
	const fold = new Fold();
	events.forEach((event, t) => fold.add(event, t));
	fold.end(events.length);
	return fold.parts;
}

function streamParts(api: ApiId, frames: readonly [string, Json][]): Part[] {
	return partsOf(frames.flatMap(([event, data]) => apis[api].parseEvent(event, data)));
}

describe('the parts of a streamed answer are those of the same answer in one piece', () => {
	const ids: ApiId[] = ['converse', 'chat-completions', 'responses'];
	it.each(ids)('on %s, for generated answers', { timeout: 60_000 }, (id) => {
		const seen = new Set<string>();
		for (let seed = 0; seed < 2000; seed++) {
			const { frames, body } = newSpoken(id, newSpokenKit(seed));
			const whole = partsOf(apis[id].parseBody(body));
			expect(streamParts(id, frames), `seed ${seed}`).toEqual(whole);
			for (const { type, extra } of whole) seen.add(type).add(extra ? `${type} with extra` : type);
		}
		for (const type of ['text', 'reasoning', 'tool-call', 'opaque', 'text with extra']) {
			expect([...seen]).toContain(type);
		}
	});
});

describe('a recorded stream', () => {
	if (recordings.length === 0) it.skip('is not here: the recordings are not part of the project');

	// Its last event holds none of the answer.
	const whole = recordings.filter(({ name }) => !name.startsWith('parallel-tool-call-wrapper'));

	it.each(whole)('$name holds what its whole does', ({ api: id, answers }) => {
		for (const data of answers) {
			const frames = data.flatMap((value) => framesOf(id, value));
			const whole = partsOf(apis[id].parseBody(wholeOf(id, data)));
			expect(plainOf(streamParts(id, frames))).toEqual(plainOf(whole));
		}
	});
});

/** Tool input as a value: a stream has the spaces of the model, a whole Converse answer has none. */
function plainOf(parts: Part[]): unknown[] {
	return parts.map((part) => {
		if (part.type !== 'tool-call') return part;
		try {
			return { ...part, input: JSON.parse(part.input || '{}') as unknown };
		} catch {
			// Cut, or no JSON: compared as it is.
			return part;
		}
	});
}

/** The answer in one piece: from the last event where it holds one, else joined here, by other means. */
function wholeOf(id: ApiId, data: Json[]): Json {
	if (id === 'responses') {
		const last = data.findLast(
			(value) =>
				isJsonObject(value) &&
				isJsonObject(value.response) &&
				value.type !== 'response.created' &&
				value.type !== 'response.in_progress'
		);
		return isJsonObject(last) ? (last.response ?? null) : null;
	}
	return id === 'converse' ? joinConverse(data) : joinChat(data);
}

type Loose = Record<string, never>;

function joinConverse(data: Json[]): Json {
	const content: JsonObject[] = [];
	const inputs: string[] = [];
	for (const frame of data as Loose[]) {
		const { contentBlockStart: start, contentBlockDelta: delta } = frame as unknown as Record<
			string,
			{
				contentBlockIndex: number;
				start: { toolUse?: JsonObject };
				delta: {
					text?: string;
					toolUse?: { input: string };
					reasoningContent?: { text?: string; signature?: string };
				};
			}
		>;
		if (start?.start.toolUse)
			content[start.contentBlockIndex] = { toolUse: { ...start.start.toolUse } };
		if (delta === undefined) continue;
		const at = delta.contentBlockIndex;
		const { text, toolUse, reasoningContent } = delta.delta;
		if (text !== undefined) content[at] = { text: String(content[at]?.text ?? '') + text };
		if (toolUse) inputs[at] = (inputs[at] ?? '') + toolUse.input;
		if (reasoningContent) {
			const before = (
				content[at]?.reasoningContent as
					| { reasoningText: { text: string; signature?: string } }
					| undefined
			)?.reasoningText ?? { text: '' };
			const signature = reasoningContent.signature ?? before.signature;
			content[at] = {
				reasoningContent: {
					reasoningText: {
						text: before.text + (reasoningContent.text ?? ''),
						...(signature && { signature })
					}
				}
			};
		}
	}
	inputs.forEach((input, at) => {
		const toolUse = content[at]?.toolUse;
		if (isJsonObject(toolUse)) toolUse.input = JSON.parse(input || '{}') as Json;
	});
	return { output: { message: { role: 'assistant', content } } };
}

function joinChat(data: Json[]): Json {
	let content = '';
	let reasoning = '';
	const calls: { id: string; type: string; function: { name: string; arguments: string } }[] = [];
	for (const chunk of data as {
		choices?: {
			delta?: {
				content?: string;
				reasoning_content?: string;
				tool_calls?: {
					index: number;
					id?: string;
					function?: { name?: string; arguments?: string };
				}[];
			};
		}[];
	}[]) {
		const delta = chunk.choices?.[0]?.delta;
		content += delta?.content ?? '';
		reasoning += delta?.reasoning_content ?? '';
		for (const { index, id, function: called } of delta?.tool_calls ?? []) {
			const call = (calls[index] ??= {
				id: '',
				type: 'function',
				function: { name: '', arguments: '' }
			});
			call.id ||= id ?? '';
			call.function.name ||= called?.name ?? '';
			call.function.arguments += called?.arguments ?? '';
		}
	}
	const message = { content, reasoning_content: reasoning, tool_calls: calls };
	return { choices: [{ index: 0, message, finish_reason: 'stop' }] };
}
