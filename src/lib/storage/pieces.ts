import type { Chunk, Head } from '../model/exchange.ts';
import { inflate } from './deflate.ts';
import { pieceKey } from './exchange-keys.ts';
import type { Entry } from './store.ts';

/** Some of what came back for a run, from chunk `first` on, counted from 0. */
export interface Arrival {
	first: number;
	chunks: readonly Chunk[];
	/** Given once, with the first of it. */
	head?: Head | undefined;
}

/** Some chunks that follow each other, as they are stored. */
export interface Piece {
	v: 2;
	head?: Head;
	/** Place of its first chunk in the body, counted from 0. */
	first: number;
	/** ms since the request was handed to the network, one a chunk. */
	times: Float64Array;
	/** Bytes of each chunk. */
	sizes: Uint32Array;
	/** The chunks' bytes, one after the other. */
	bytes: Uint8Array<ArrayBuffer>;
	/** Whether `bytes` is deflated (raw). */
	deflated: boolean;
}

/** A piece as it lies in the store, and how many bytes of the answer it holds there. */
export interface StoredPiece {
	entry: Entry;
	size: number;
}

/**
 * What is stored of what has come for a run; undefined where nothing has come. The bytes are as they came: browsers deflate
 * on the page's own thread, which took a sixth of its time for a long answer.
 */
export function newStoredPiece(run: string, arrival: Arrival): StoredPiece | undefined {
	const { first, chunks, head } = arrival;
	if (chunks.length === 0 && head === undefined) return undefined;
	const piece: Piece = {
		...{ v: 2, ...(head && { head }), first },
		times: Float64Array.from(chunks, ({ t }) => t),
		sizes: Uint32Array.from(chunks, ({ bytes }) => bytes.byteLength),
		bytes: join(chunks),
		deflated: false
	};
	const size = piece.bytes.byteLength;
	return { entry: [pieceKey(run, first, Date.now(), size), piece], size };
}

function join(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
	const joined = new Uint8Array(chunks.reduce((sum, { bytes }) => sum + bytes.byteLength, 0));
	let at = 0;
	for (const { bytes } of chunks) {
		joined.set(bytes, at);
		at += bytes.byteLength;
	}
	return joined;
}

/** The chunks of a piece; undefined where it is broken. */
export async function chunksOf(piece: Piece): Promise<Chunk[] | undefined> {
	const length = piece.sizes.reduce((sum, size) => sum + size, 0);
	const bytes = piece.deflated ? await inflate(piece.bytes, length) : piece.bytes;
	if (bytes?.byteLength !== length) return undefined;
	let at = 0;
	return Array.from(piece.sizes, (size, i) => {
		const chunk = { t: piece.times[i] ?? 0, bytes: bytes.slice(at, at + size) };
		at += size;
		return chunk;
	});
}

/** Bytes are no JSON, so this is their parser. */
export function isPiece(value: unknown): value is Piece {
	if (typeof value !== 'object' || value === null) return false;
	const { v, first, times, sizes, bytes, deflated } = value as Partial<
		Record<keyof Piece, unknown>
	>;
	return (
		v === 2 &&
		Number.isSafeInteger(first) &&
		times instanceof Float64Array &&
		times.every(Number.isFinite) &&
		sizes instanceof Uint32Array &&
		sizes.length === times.length &&
		bytes instanceof Uint8Array &&
		typeof deflated === 'boolean'
	);
}
