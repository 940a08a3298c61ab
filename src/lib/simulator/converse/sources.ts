import type { Source } from '../answers/citations.ts';
import type { JsonObject } from '../json.ts';
import { isObject, objectOf, objectsOf, stringOf } from '../json.ts';

/** What a Converse request brings to be cited: documents and search results with citations enabled. */
export function readSources(messages: readonly JsonObject[]): Source[] {
	const blocks = messages.flatMap(({ content }) => objectsOf(content));
	const documents = blocks.flatMap(({ document }) => (isObject(document) ? [document] : []));
	const results = blocks.flatMap(({ searchResult }) =>
		isObject(searchResult) ? [searchResult] : []
	);
	return [
		...documents.flatMap((document, index) =>
			isCited(document) ? [readDocument(document, index)] : []
		),
		...results.flatMap((result, index) => (isCited(result) ? [readResult(result, index)] : []))
	];
}

function isCited(block: JsonObject): boolean {
	return objectOf(block['citations'])['enabled'] === true;
}

function readDocument(document: JsonObject, index: number): Source {
	const source = objectOf(document['source']);
	const title = stringOf(document['name']);
	const chunk = stringOf(objectsOf(source['content'])[0]?.['text']);
	const written = stringOf(source['text']);
	const quote = beginOf(chunk || written) || `A passage of ${title}.`;
	const kind = chunk !== '' ? 'chunks' : written !== '' ? 'characters' : 'pages';
	const [start, end] = { chunks: [0, 1], characters: [0, quote.length], pages: [1, 2] }[kind];
	return { title, quote, place: { kind, document: index, start: start ?? 0, end: end ?? 0 } };
}

function readResult(result: JsonObject, index: number): Source {
	const title = stringOf(result['title']);
	const text = stringOf(objectsOf(result['content'])[0]?.['text']);
	return {
		title,
		quote: beginOf(text) || `A passage of ${title}.`,
		place: { kind: 'search-result', index }
	};
}

/** The first sentence of a text. */
function beginOf(text: string): string {
	return /^[^.!?。]*[.!?。]?/u.exec(text.trim())?.[0] ?? '';
}
