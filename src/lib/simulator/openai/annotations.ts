import type { Citation } from '../answers/citations.ts';
import type { JsonObject } from '../json.ts';

/** A citation as `url_citation`, the only kind that a search gives. */
export function annotate({ source, from, to }: Citation): JsonObject[] {
	const { title, place } = source;
	return place.kind === 'web'
		? [{ type: 'url_citation', start_index: from, end_index: to, title, url: place.url }]
		: [];
}
