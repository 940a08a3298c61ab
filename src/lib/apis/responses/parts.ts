import type { FilePart, Part } from '../../model/draft.ts';
import { getOwn } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';
import { readFileData, readUrl, sayFileData, sayUrl } from '../files.ts';
import { getString, sayWithExtra, typeOf, wholeText } from '../words.ts';

/** What a part is in the content of a message of this role; undefined for what stands elsewhere, or cannot be said. */
export function sayPart(part: Part, role: string): Json | undefined {
	switch (part.type) {
		case 'text': {
			const type = role === 'assistant' ? 'output_text' : 'input_text';
			return sayWithExtra('responses', withoutPhase(part), { type, text: wholeText(part) });
		}
		case 'refusal':
			return sayWithExtra('responses', withoutPhase(part), {
				type: 'refusal',
				refusal: part.text
			});
		case 'image':
		case 'document':
		case 'audio':
		case 'video':
			return sayFile(part);
		case 'opaque':
			return part.api === 'responses' ? part.value : undefined;
		case 'reasoning':
		case 'tool-call':
		case 'tool-result':
			return undefined;
	}
}

/** A part without the `phase` that its message has: that stands in the item around it. */
function withoutPhase(part: Part): Pick<Part, 'extra'> {
	const { extra = {} } = part;
	if (extra.responses === undefined || !('phase' in extra.responses)) return part;
	const { phase: _, ...responses } = extra.responses;
	return { extra: { ...extra, responses } };
}

/** An image or a document in content; undefined for other files, and for one that was not put inline. */
export function sayFile(part: FilePart): Json | undefined {
	const { name, source } = part;
	if (part.type === 'image') {
		const url = sayUrl(part);
		if (url === undefined) return undefined;
		return sayWithExtra('responses', part, { type: 'input_image', image_url: url });
	}
	if (part.type !== 'document') return undefined;
	const data = sayFileData(part);
	if (data === undefined && !('url' in source)) return undefined;
	return sayWithExtra('responses', part, {
		type: 'input_file',
		...(name !== undefined && { filename: name }),
		...(data !== undefined && { file_data: data }),
		...('url' in source && { file_url: source.url })
	});
}

/** What content says of an image or a document, without what stands beside its words. */
export function guessFile(wire: Json): Part | undefined {
	const image = getString(wire, 'image_url');
	if (typeOf(wire) === 'input_image' && image !== undefined) {
		return { type: 'image', ...readUrl(image) };
	}
	const filename = getString(wire, 'filename');
	const name = filename === undefined ? {} : { name: filename };
	const data = getString(wire, 'file_data');
	const found = data === undefined ? undefined : readFileData(data);
	if (found !== undefined) return { type: 'document', ...found, ...name };
	const url = getString(wire, 'file_url');
	return url === undefined ? undefined : { type: 'document', mime: '', source: { url }, ...name };
}

/** What an item of reasoning says: the parts of its summary, each a paragraph with a heading of its own, then its content. */
export function reasoningTextOf(item: unknown): string {
	return textsIn(item, 'summary').join('\n\n') + textsIn(item, 'content').join('');
}

function textsIn(item: unknown, list: string): string[] {
	const parts = getOwn(item, list);
	return Array.isArray(parts) ? parts.flatMap((part) => getString(part, 'text') ?? []) : [];
}
