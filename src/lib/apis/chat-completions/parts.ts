import type { FilePart, Message, Part } from '../../model/draft.ts';
import { getOwn } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';
import type { Loss } from '../api.ts';
import { formatOf, mimeOf } from '../../model/media-types.ts';
import { readBase64, readFileData, readUrl, sayFileData, sayUrl } from '../files.ts';
import {
	completeGuess,
	getString,
	newOpaquePart,
	sayBare,
	sayWithExtra,
	typeOf,
	wholeText
} from '../words.ts';

/** A part in a list of content; undefined for what stands elsewhere, or cannot be said. */
export function sayPart(part: Part): Json | undefined {
	switch (part.type) {
		case 'text':
			return sayWithExtra('chat-completions', withoutSources(part), {
				type: 'text',
				text: wholeText(part)
			});
		case 'image':
		case 'document':
		case 'audio':
		case 'video':
			return sayFile(part);
		case 'opaque':
			return part.api === 'chat-completions' ? part.value : undefined;
		case 'reasoning':
		case 'refusal':
		case 'tool-call':
		case 'tool-result':
			return undefined;
	}
}

/**
 * A text without the sources that an answer named for it: they are shown, and no service takes them back in a part. In a
 * request that somebody wrote the part is kept whole.
 */
export function withoutSources<T extends Part>(part: T): T {
	const fields = part.type === 'text' ? part.extra?.['chat-completions'] : undefined;
	if (fields === undefined || !Object.hasOwn(fields, 'annotations')) return part;
	const { annotations: _, ...others } = fields;
	const { 'chat-completions': __, ...extra } = part.extra ?? {};
	const kept = Object.keys(others).length > 0 && { 'chat-completions': others };
	return { ...part, extra: { ...extra, ...kept } };
}

function sayFile(part: FilePart): Json | undefined {
	if (part.type === 'image') {
		const url = sayUrl(part);
		if (url === undefined) return undefined;
		return sayWithExtra('chat-completions', part, { type: 'image_url', image_url: { url } });
	}
	if (part.type === 'audio') return sayAudio(part);
	const data = part.type === 'document' ? sayFileData(part) : undefined;
	if (data === undefined) return undefined;
	const file = { ...(part.name !== undefined && { filename: part.name }), file_data: data };
	return sayWithExtra('chat-completions', part, { type: 'file', file });
}

/** Sound, whose bytes stand there as they are and not as a data URL. */
function sayAudio(part: FilePart): Json | undefined {
	const format = formatOf('audio', part.mime);
	if (format === undefined || !('base64' in part.source)) return undefined;
	const input_audio = { data: part.source.base64, format };
	return sayWithExtra('chat-completions', part, { type: 'input_audio', input_audio });
}

/** The parts of a list of content, those without words kept whole. */
export function readPart(wire: Json): Part {
	const part = completeGuess('chat-completions', wire, guessPart(wire), sayPart);
	return part ?? newOpaquePart('chat-completions', wire);
}

function guessPart(wire: Json): Part | undefined {
	const text = getString(wire, 'text');
	if (text !== undefined) return { type: 'text', text };
	const url = getString(getOwn(wire, 'image_url'), 'url');
	if (typeOf(wire) === 'image_url' && url !== undefined) return { type: 'image', ...readUrl(url) };
	if (typeOf(wire) === 'input_audio') return guessAudio(getOwn(wire, 'input_audio'));
	const file = getOwn(wire, 'file');
	const data = getString(file, 'file_data');
	const found = data === undefined ? undefined : readFileData(data);
	const name = getString(file, 'filename');
	return found && { type: 'document', ...found, ...(name !== undefined && { name }) };
}

function guessAudio(wire: unknown): Part | undefined {
	const format = getString(wire, 'format');
	const source = readBase64(getString(wire, 'data') ?? '?');
	const mime = format === undefined ? undefined : mimeOf('audio', format);
	return mime === undefined || source === undefined ? undefined : { type: 'audio', mime, source };
}

/** A tool call of an answer. */
export function sayCall(part: Part & { type: 'tool-call' }): Json {
	return sayWithExtra('chat-completions', part, {
		id: part.id,
		type: 'function',
		function: { name: part.name, arguments: part.input }
	});
}

/** A tool call of an answer, if words fit it. */
export function readCall(wire: Json): Part | undefined {
	const called = getOwn(wire, 'function');
	const id = getString(wire, 'id');
	const name = getString(called, 'name');
	const input = getString(called, 'arguments');
	if (id === undefined || name === undefined || input === undefined) return undefined;
	const guess = { type: 'tool-call', id, name, input } as const;
	return completeGuess('chat-completions', wire, guess, sayCall);
}

/** The results of tools that a message holds: each is a message of its own, the first with what is kept for it. */
export function sayResults(message: Message, losses: Loss[]): Json[] {
	const results = message.parts.filter((part) => part.type === 'tool-result');
	return results.map((part, i) => {
		const { id, parts, status } = part;
		if (status === 'error') losses.push({ code: 'tool-status' });
		const list = parts.flatMap((inner) => {
			const said = sayPart(inner);
			if (said === undefined) losses.push({ code: 'part', type: inner.type });
			return said === undefined ? [] : [said];
		});
		const bare =
			message.as === 'list' ? undefined : sayBare('chat-completions', parts.map(withoutSources));
		const content = bare ?? (list.length === 0 && message.as !== 'list' ? '' : list);
		const holder = i === 0 && message.role === 'tool' ? message : part;
		return sayWithExtra('chat-completions', holder, { role: 'tool', tool_call_id: id, content });
	});
}
