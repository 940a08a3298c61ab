import type { Part } from './draft.ts';
import { getOwn, isJsonObject } from './json.ts';

/** A text that is given to a model to be cited: what a search found, or a document that is a text. */
export interface Reference {
	kind: 'search' | 'document';
	title: string;
	/** Where it is from: an address, or a name. */
	source?: string;
	/** Its text, a paragraph for each piece. */
	text: string;
}

/**
 * Reads a block of Converse that is kept whole; undefined for any other part.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_SearchResultBlock.html
 */
export function readReference(part: Part): Reference | undefined {
	if (part.type !== 'opaque' || part.api !== 'converse') return undefined;
	const found = getOwn(part.value, 'searchResult');
	if (isJsonObject(found)) {
		const source = stringOf(getOwn(found, 'source'));
		return {
			...{ kind: 'search', title: stringOf(getOwn(found, 'title')) ?? '' },
			...(source !== undefined && { source }),
			text: textOfAll(getOwn(found, 'content'))
		};
	}
	const document = getOwn(part.value, 'document');
	const source = getOwn(document, 'source');
	const text = stringOf(getOwn(source, 'text')) ?? textOfAll(getOwn(source, 'content'));
	if (text === '') return undefined;
	return { kind: 'document', title: stringOf(getOwn(document, 'name')) ?? '', text };
}

function textOfAll(content: unknown): string {
	const pieces = Array.isArray(content) ? content : [];
	return pieces.flatMap((piece) => stringOf(getOwn(piece, 'text')) ?? []).join('\n\n');
}

function stringOf(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}
