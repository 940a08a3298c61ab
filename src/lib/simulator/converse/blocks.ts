import type { Citation, Source } from '../answers/citations.ts';
import type { Completion } from '../answers/completion.ts';
import type { ServerCall } from '../answers/served.ts';
import { groupPieces, splitPieces } from '../answers/tokens.ts';
import type { ToolCall } from '../answers/tools.ts';
import { parseJson } from '../json.ts';
import type { Random } from '../random.ts';
import { BASE62 } from '../random.ts';

/** One block of an answer, whole and as it is streamed. */
export interface Block {
	whole: object;
	/** What its `contentBlockStart` says; text and thoughts have none. */
	start?: object;
	deltas: readonly object[];
}

/** The blocks of an answer: the thought, the service's own calls, the text, the calls. */
export function buildBlocks(completion: Completion, modelId: string, random: Random): Block[] {
	return [
		...(completion.reasoning.length > 0 ? [buildThought(completion, modelId, random)] : []),
		...completion.served.flatMap((call) => buildServed(call)),
		...buildTexts(completion, random),
		...completion.calls.map((call) => buildCall(call, random))
	];
}

function buildThought({ reasoning }: Completion, modelId: string, random: Random): Block {
	// Only Claude signs its thoughts.
	const signature = modelId.includes('anthropic.') ? `${random.text(BASE62, 96)}==` : undefined;
	const seal = signature === undefined ? {} : { signature };
	return {
		whole: { reasoningContent: { reasoningText: { text: reasoning.join(''), ...seal } } },
		deltas: [
			...reasoning.map((text) => ({ reasoningContent: { text } })),
			...(signature === undefined ? [] : [{ reasoningContent: seal }])
		]
	};
}

function buildServed({ id, tool, input, output }: ServerCall): Block[] {
	const toolUseId = `tooluse_${id}`;
	const use = { toolUseId, name: tool.name, type: 'server_tool_use' };
	const result = { toolUseId, type: `${tool.name}_result`, status: 'success' };
	return [
		{
			whole: { toolUse: { ...use, input } },
			start: { toolUse: use },
			deltas: [{ toolUse: { input: JSON.stringify(input) } }]
		},
		{
			whole: { toolResult: { ...result, content: [{ json: output }] } },
			start: { toolResult: result },
			deltas: [{ toolResult: [{ json: output }] }]
		}
	];
}

// Text that is cited is a block of its own, with its citation behind it.
function buildTexts({ text, citations }: Completion, random: Random): Block[] {
	if (citations.length === 0) return text.length === 0 ? [] : [buildText(text)];
	const whole = text.join('');
	const blocks: Block[] = [];
	let at = 0;
	for (const citation of citations) {
		if (citation.from > at) blocks.push(buildText(group(whole.slice(at, citation.from), random)));
		blocks.push(buildCited(whole.slice(citation.from, citation.to), citation, random));
		at = citation.to;
	}
	if (at < whole.length) blocks.push(buildText(group(whole.slice(at), random)));
	return blocks;
}

function buildText(deltas: readonly string[]): Block {
	return { whole: { text: deltas.join('') }, deltas: deltas.map((text) => ({ text })) };
}

function buildCited(text: string, { source }: Citation, random: Random): Block {
	const citation = {
		title: source.title,
		sourceContent: [{ text: source.quote }],
		location: locationOf(source)
	};
	return {
		whole: { citationsContent: { content: [{ text }], citations: [citation] } },
		deltas: [...group(text, random).map((part) => ({ text: part })), { citation }]
	};
}

function locationOf({ place }: Source): object {
	switch (place.kind) {
		case 'web':
			return { web: { url: place.url, domain: place.domain } };
		case 'search-result':
			return { searchResultLocation: { searchResultIndex: place.index, start: 0, end: 1 } };
		case 'characters':
		case 'pages':
		case 'chunks': {
			const names = { characters: 'documentChar', pages: 'documentPage', chunks: 'documentChunk' };
			const { document: documentIndex, start, end } = place;
			return { [names[place.kind]]: { documentIndex, start, end } };
		}
	}
}

function buildCall({ id, name, input }: ToolCall, random: Random): Block {
	const use = { toolUseId: `tooluse_${id}`, name };
	return {
		whole: { toolUse: { ...use, input: parseJson(input) } },
		start: { toolUse: use },
		deltas: group(input, random).map((part) => ({ toolUse: { input: part } }))
	};
}

function group(text: string, random: Random): string[] {
	return groupPieces(splitPieces(text), random);
}
