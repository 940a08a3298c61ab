import { parseEmbeddings } from '../apis/embeddings/embeddings.ts';
import type { Embeddings } from '../apis/embeddings/embeddings.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Outcome } from '../model/run.ts';
import { isErrorEnvelope, parseServiceError } from './service-error.ts';

/** What an exchange about embeddings has brought: vectors, or how it ended without. */
export type EmbeddingsAnswer =
	| { ok: true; embeddings: Embeddings }
	| { ok: false; outcome: Outcome };

/** Reads the answer to a request for embeddings of `count` texts. */
export function readEmbeddingsAnswer(exchange: Exchange, count: number): EmbeddingsAnswer {
	const { status, headers = {}, end } = exchange;
	if (status === undefined || end !== 'whole') return { ok: false, outcome: outcomeOf(exchange) };
	const text = textOf(exchange);
	if (status < 200 || status > 299) {
		const error = parseServiceError(status, headers, text);
		return { ok: false, outcome: { end: 'http-error', error } };
	}
	const value = parseOrUndefined(text);
	const embeddings = parseEmbeddings(value, count);
	if (embeddings !== undefined) return { ok: true, embeddings };
	if (isErrorEnvelope(value)) {
		const error = parseServiceError(status, headers, text);
		return { ok: false, outcome: { end: 'error-in-200', error } };
	}
	const contentType = headers['content-type'] ?? '';
	return { ok: false, outcome: { end: 'not-an-answer', status, contentType, text } };
}

/** How an exchange ended of which no whole answer came. */
function outcomeOf({ end, request }: Exchange): Outcome {
	if (typeof end === 'string') {
		return end === 'stopped' || end === 'page-closed'
			? { end }
			: { end: 'cut-short', midFrame: true };
	}
	if ('unsent' in end) {
		return { end: 'http-error', error: { status: 0, code: end.unsent, message: '', raw: '' } };
	}
	return { end: 'unreachable', host: new URL(request.url).host, cause: end.unreachable };
}

function textOf({ chunks }: Exchange): string {
	const decoder = new TextDecoder();
	const pieces = chunks.map(({ bytes }) => decoder.decode(bytes, { stream: true }));
	return pieces.join('') + decoder.decode();
}

function parseOrUndefined(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Not JSON: what it is instead is shown.
		return undefined;
	}
}
