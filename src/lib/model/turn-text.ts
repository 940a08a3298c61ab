import type { Message, Part } from './draft.ts';
import { stringifyJson } from './json-text.ts';

/** Every text of a message that a search looks through, in its order; what no field has a word for as JSON text. */
export function textsOf(message: Message): string[] {
	return message.parts.flatMap(textsOfPart).filter((text) => text !== '');
}

function textsOfPart(part: Part): string[] {
	switch (part.type) {
		case 'text':
		case 'reasoning':
		case 'refusal':
			return [part.text];
		case 'tool-call':
			return [part.name, part.input];
		case 'tool-result':
			return part.parts.flatMap(textsOfPart);
		case 'image':
		case 'document':
		case 'audio':
		case 'video':
			return [part.name ?? ''];
		case 'opaque':
			return [stringifyJson(part.value)];
	}
}
