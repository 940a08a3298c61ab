import { fromBase64 } from '../../model/base64.ts';
import { getOwn, isJsonObject } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';
import type { HttpRequest } from '../../model/request.ts';
import { newHead, newPost } from '../post.ts';
import { readBody } from '../read-post.ts';
import { ReadError } from '../api.ts';

/** How a service is asked to write numbers. */
export const encodings = ['float', 'base64'] as const;

/** What is asked of `POST …/embeddings`. @see https://platform.openai.com/docs/api-reference/embeddings/create */
export interface EmbeddingsDraft {
	model: string;
	/** At least one. One alone is sent as it is, because some models take no list. */
	texts: readonly string[];
	/** Not sent unless set: few models can give fewer numbers than they have. */
	dimensions?: number;
	/** Not sent unless set. */
	encoding?: (typeof encodings)[number];
}

/** The request for embeddings at the base address of a gateway. */
export function buildEmbeddings(draft: EmbeddingsDraft, base: string): HttpRequest {
	const { model, texts, dimensions, encoding } = draft;
	const [first = '', ...others] = texts;
	return newPost(newHead(`${base}/embeddings`), {
		input: others.length === 0 ? first : [...texts],
		model,
		...(dimensions !== undefined && { dimensions }),
		...(encoding !== undefined && { encoding_format: encoding })
	});
}

/**
 * What a request for embeddings asks for.
 * @throws {ReadError} when it is none, or asks for something that has no words here, as for lists of tokens.
 */
export function readEmbeddings(request: HttpRequest): EmbeddingsDraft {
	if (!/\/embeddings$/.test(new URL(request.url).pathname)) throw new ReadError('wrong-path');
	const { input, model, dimensions, encoding_format } = readBody(request);
	const texts = Array.isArray(input) ? input : [input];
	if (!texts.every((text) => typeof text === 'string')) throw new ReadError('body-not-object');
	const encoding = encodings.find((one) => one === encoding_format);
	return {
		model: typeof model === 'string' ? model : '',
		texts,
		...(typeof dimensions === 'number' && { dimensions }),
		...(encoding !== undefined && { encoding })
	};
}

/** What came back. */
export interface Embeddings {
	/** One for each text, in the order of the texts; undefined where none came, or none that can be read. */
	vectors: readonly (readonly number[] | undefined)[];
	/** Which model answered, where the service says so. */
	model?: string;
	/** Tokens, as the service counts them. */
	usage?: Json;
}

/**
 * Reads an answer to a request with `count` texts. Vectors come as lists of numbers or as base64 of little-endian 32-bit
 * floats, whatever was asked for. Undefined where it is no list of embeddings at all.
 */
export function parseEmbeddings(value: unknown, count: number): Embeddings | undefined {
	const data = getOwn(value, 'data');
	if (!Array.isArray(data) || !data.some((one) => getOwn(one, 'embedding') !== undefined)) {
		return undefined;
	}
	const vectors = Array.from<readonly number[] | undefined>({ length: count });
	for (const [place, one] of data.entries()) {
		const index = getOwn(one, 'index');
		const at = typeof index === 'number' ? index : place;
		if (at in vectors) vectors[at] = readVector(getOwn(one, 'embedding'));
	}
	const model = getOwn(value, 'model');
	const usage = getOwn(value, 'usage');
	return {
		vectors,
		...(typeof model === 'string' && { model }),
		...(isJsonObject(usage) && { usage })
	};
}

function readVector(embedding: unknown): readonly number[] | undefined {
	if (typeof embedding === 'string') return decodeFloats(embedding);
	if (!Array.isArray(embedding) || embedding.length === 0) return undefined;
	return embedding.every((one) => typeof one === 'number') ? embedding : undefined;
}

/** Numbers out of base64 of little-endian 32-bit floats; undefined for anything else. */
function decodeFloats(base64: string): readonly number[] | undefined {
	let bytes: Uint8Array<ArrayBuffer>;
	try {
		bytes = fromBase64(base64);
	} catch {
		// Not base64.
		return undefined;
	}
	if (bytes.length === 0 || bytes.length % 4 !== 0) return undefined;
	const view = new DataView(bytes.buffer);
	const floats = Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
	return floats.every(Number.isFinite) ? floats : undefined;
}
