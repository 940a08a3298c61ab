import type { Part } from './draft.ts';
import { isJsonObject } from './json.ts';

/** A message being written. */
export interface Written {
	text: string;
	/**
	 * What stands beside the text: attachments, by the id they are kept under, and what an API has besides. A text part of
	 * '' is the place of the text, with its further fields; without one it comes last.
	 */
	parts: readonly Part[];
}

/** Nothing. */
export const unwritten: Written = { text: '', parts: [] };

/** Whether there is nothing in a message to send: no text, and nothing beside it that says something by itself. */
export function saysNothing({ text, parts }: Written): boolean {
	return isBlank(text) && parts.every((part) => part.type === 'text' || isMark(part));
}

/** The parts that a message being written is sent with; a blank text is left out. */
export function partsOf({ text, parts }: Written): Part[] {
	const blank = isBlank(text);
	const at = parts.findIndex(isPlace);
	if (at === -1) return blank ? [...parts] : [...parts, { type: 'text', text }];
	return parts.flatMap((part, i) => (i !== at ? [part] : blank ? [] : [{ ...part, text }]));
}

/** What stands beside the text of a message that is to be edited: all its texts become one, at the place of the first. */
export function partsBeside(parts: readonly Part[]): Part[] {
	const first = parts.findIndex(({ type }) => type === 'text');
	return parts.flatMap((part, i): Part[] => {
		if (part.type !== 'text') return [part];
		return i === first ? [{ ...part, text: '' }] : [];
	});
}

/** Whether a part stands for the text of the message being written. */
export function isPlace(part: Part): part is Part & { type: 'text' } {
	return part.type === 'text' && part.text === '';
}

/** Whether a part only marks a place, as a cache point does. */
export function isMark(part: Part): boolean {
	return part.type === 'opaque' && isJsonObject(part.value) && 'cachePoint' in part.value;
}

/** Whether a text says nothing. */
export function isBlank(text: string): boolean {
	return !/\S/.test(text);
}
