import type { Json, JsonObject } from './json.ts';
import { cosinesOf, normOf } from './vectors.ts';

/** What was asked for and what came, for a file: it holds no key and no address. */
export interface EmbeddingsTable {
	/** The body of the request as it was sent. */
	request: JsonObject;
	texts: readonly string[];
	/** In the order of the texts; undefined where none came. */
	vectors: readonly (readonly number[] | undefined)[];
	model?: string;
	usage?: Json;
}

/** All of it as JSON, with norms and the cosines between the texts. */
export function toJson({ request, texts, vectors, model, usage }: EmbeddingsTable): string {
	const { input: _, ...asked } = request;
	return JSON.stringify(
		{
			request: asked,
			...(model !== undefined && { model }),
			...(usage !== undefined && { usage }),
			data: texts.map((text, index) => {
				const embedding = vectors[index];
				return { index, text, ...(embedding && { norm: normOf(embedding), embedding }) };
			}),
			cosines: cosinesOf(vectors).map((row) => row.map((value) => value ?? null))
		},
		null,
		2
	);
}

/**
 * A line a text: its number, its text, its norm, then each number of its vector. Lines end as RFC 4180 says. A text that a
 * spreadsheet would run as a formula gets an apostrophe before it.
 */
export function toCsv({ texts, vectors }: EmbeddingsTable): string {
	const dimensions = Math.max(0, ...vectors.map((vector) => vector?.length ?? 0));
	const names = Array.from({ length: dimensions }, (_, i) => `v${i + 1}`);
	const lines = texts.map((text, index) => {
		const vector = vectors[index];
		return [index + 1, quote(text), ...(vector ? [normOf(vector), ...vector] : [])].join(',');
	});
	return [['index', 'text', 'norm', ...names].join(','), ...lines].join('\r\n') + '\r\n';
}

function quote(text: string): string {
	const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return `"${safe.replaceAll('"', '""')}"`;
}
