import { isFilePart } from './draft.ts';
import type { FilePart, Message, Part } from './draft.ts';

/** `messages` with every attachment changed by `change`; what holds none stays the same object. */
export function mapFiles(
	messages: readonly Message[],
	change: (part: FilePart) => FilePart
): Message[] {
	return messages.map((message) => {
		const parts = mapParts(message.parts, change);
		return parts === message.parts ? message : { ...message, parts };
	});
}

/** `parts` with every attachment changed, those in the results of tools too; the same list where nothing is. */
export function mapParts(parts: Part[], change: (part: FilePart) => FilePart): Part[] {
	const changed = parts.map((part) => {
		if (isFilePart(part)) return change(part);
		if (part.type !== 'tool-result') return part;
		const inner = mapParts(part.parts, change);
		return inner === part.parts ? part : { ...part, parts: inner };
	});
	return changed.some((part, i) => part !== parts[i]) ? changed : parts;
}
