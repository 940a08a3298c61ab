import type { Part } from './draft.ts';
import { getOwn } from './json.ts';

/** A source that an answer names. */
export interface Citation {
	title?: string;
	url?: string;
	/** The words of the source. */
	text?: string;
}

/**
 * The sources of a part, whatever the API: Converse's `citations` and the OpenAI APIs' `annotations`, which stand in
 * the part's `extra`.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Citation.html
 */
export function citationsOf(part: Part): Citation[] {
	const cited = getOwn(getOwn(part.extra?.converse, 'citationsContent'), 'citations');
	const annotations = [
		getOwn(part.extra?.responses, 'annotations'),
		getOwn(part.extra?.['chat-completions'], 'annotations')
	];
	return [
		...listOf(cited).map(readCited),
		...annotations.flatMap(listOf).map(readAnnotation)
	].filter((citation) => Object.keys(citation).length > 0);
}

function readCited(cited: unknown): Citation {
	const location = getOwn(cited, 'location');
	const title = wordsOf(getOwn(cited, 'title'));
	const url = wordsOf(getOwn(getOwn(location, 'web'), 'url')) ?? wordsOf(getOwn(cited, 'source'));
	const texts = listOf(getOwn(cited, 'sourceContent')).map(
		(one) => wordsOf(getOwn(one, 'text')) ?? ''
	);
	return newCitation(title, url, wordsOf(texts.join('')));
}

/** A `url_citation` stands in the annotation itself or, on Chat, in a field of that name; a file has a name only. */
function readAnnotation(annotation: unknown): Citation {
	const inner = getOwn(annotation, 'url_citation') ?? annotation;
	const title = wordsOf(getOwn(inner, 'title')) ?? wordsOf(getOwn(inner, 'filename'));
	return newCitation(title, wordsOf(getOwn(inner, 'url')), wordsOf(getOwn(inner, 'quote')));
}

function newCitation(title?: string, url?: string, text?: string): Citation {
	return {
		...(title !== undefined && { title }),
		...(url !== undefined && { url }),
		...(text !== undefined && { text })
	};
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function wordsOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
