import type { Completion } from '../answers/completion.ts';
import { groupPieces, splitPieces } from '../answers/tokens.ts';
import type { JsonObject } from '../json.ts';
import type { Family } from '../models/families.ts';
import { annotate } from '../openai/annotations.ts';
import type { Random } from '../random.ts';

/** Where a thought goes: a field of that name, or tags inside the content. */
export type ThoughtPlace = NonNullable<Family['thoughts']> | 'reasoning' | 'reasoning-tags';

/** The message of a choice. */
export function buildMessage(completion: Completion, place: ThoughtPlace): JsonObject {
	const thought = completion.reasoning.join('');
	const text = completion.text.join('');
	const tag = tagOf(place);
	const content = tag !== undefined && thought !== '' ? `<${tag}>${thought}</${tag}>${text}` : text;
	const calls = completion.calls.map(({ id, name, input }) => ({
		id: `call_${id}`,
		type: 'function',
		function: { name, arguments: input }
	}));
	const annotations = annotationsOf(completion);
	return {
		role: 'assistant',
		content: completion.refused || calls.length > 0 ? null : content,
		refusal: completion.refused ? text : null,
		...(tag === undefined && thought !== '' && { [place]: thought }),
		...(annotations.length > 0 && { annotations }),
		...(calls.length > 0 && { tool_calls: calls })
	};
}

/** The deltas of a choice, from its role to its last tool call. */
export function buildDeltas(
	completion: Completion,
	place: ThoughtPlace,
	random: Random
): JsonObject[] {
	const annotations = annotationsOf(completion);
	return [
		{ role: 'assistant', content: '' },
		...buildTextDeltas(completion, place),
		...(annotations.length > 0 ? [{ annotations }] : []),
		...completion.calls.flatMap(({ id, name, input }, index) => [
			{
				tool_calls: [
					{ index, id: `call_${id}`, type: 'function', function: { name, arguments: '' } }
				]
			},
			...groupPieces(splitPieces(input), random).map((part) => ({
				tool_calls: [{ index, function: { arguments: part } }]
			}))
		])
	];
}

// Tags are cut across deltas, as services send them.
function buildTextDeltas(
	{ reasoning, text, refused }: Completion,
	place: ThoughtPlace
): JsonObject[] {
	if (refused) return text.map((refusal) => ({ refusal }));
	const said = text.map((content) => ({ content }));
	if (reasoning.length === 0) return said;
	const tag = tagOf(place);
	if (tag === undefined) return [...reasoning.map((thought) => ({ [place]: thought })), ...said];
	const [begin, end] = [tag.slice(0, 3), tag.slice(3)];
	const thought = [`<${begin}`, `${end}>`, ...reasoning, `</${begin}`, `${end}>`];
	return [...thought.map((content) => ({ content })), ...said];
}

function annotationsOf({ citations }: Completion): JsonObject[] {
	return citations.flatMap(annotate).map(({ type, ...url_citation }) => ({ type, url_citation }));
}

function tagOf(place: ThoughtPlace): string | undefined {
	if (place === 'reasoning-tags') return 'reasoning';
	return place === 'think-tags' ? 'think' : undefined;
}
