import type { Message } from '../model/draft.ts';
import { mapFiles } from '../model/map-files.ts';
import type { Files } from './files.svelte.ts';

/** Messages as they are stored: bytes that are kept already are named by their id. For what was read from a body. */
export function referFiles(messages: readonly Message[], files: Files): Message[] {
	return mapFiles(messages, (part) => {
		const id = 'base64' in part.source ? files.idOf(part.source.base64) : undefined;
		return id === undefined ? part : { ...part, source: { file: id } };
	});
}
