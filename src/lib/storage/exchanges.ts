import type { Chunk } from '../model/exchange.ts';
import { openStore } from './open-store.ts';
import { deflate, inflate } from './deflate.ts';
import { dropExchanges, exchangePrefix, pieceKey, withRoom } from './room.ts';
import type { Store } from './store.ts';

/** Some chunks that follow each other, as they are stored. */
interface Piece {
	v: 2;
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

/**
 * Stores the chunks of a run's answer from place `first` on: what is stored already is not written again. Resolves once
 * they are written; until then a page that goes away gives them to {@link leaveChunks} again.
 */
export async function appendChunks(
	run: string,
	first: number,
	chunks: readonly Chunk[],
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	if (chunks.length === 0) return;
	const piece = newPiece(first, chunks, await deflate(chunks.map(({ bytes }) => bytes)));
	const key = pieceKey(run, first, Date.now(), piece.bytes.byteLength);
	const opened = await store;
	await withRoom(opened, () => opened.setMany([[key, piece]]));
}

/** The same as they are, on `pagehide`: nothing that takes time comes before the write. */
export async function leaveChunks(
	run: string,
	first: number,
	chunks: readonly Chunk[],
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	if (chunks.length === 0) return;
	const piece = newPiece(first, chunks);
	// Marked, so that it does not take the place of a deflated piece that is on its way.
	const key = `${pieceKey(run, first, Date.now(), piece.bytes.byteLength)}-left`;
	await (await store).setMany([[key, piece]]);
}

/**
 * The chunks of a run's answer, with the times and the bounds they came with. Undefined where none are stored (any more)
 * or a piece of them is missing or broken: half an answer would read as one that was cut short.
 */
export async function loadChunks(
	run: string,
	store: Store | Promise<Store> = openStore()
): Promise<Chunk[] | undefined> {
	const entries = await (await store).range(`${exchangePrefix}${run}/`);
	const chunks: Chunk[] = [];
	for (const [, value] of entries) {
		const piece = isPiece(value) ? await chunksOf(value) : undefined;
		if (!isPiece(value) || piece === undefined || value.first > chunks.length) return undefined;
		// What a page left on going away can be written twice.
		for (const chunk of piece.slice(chunks.length - value.first)) chunks.push(chunk);
	}
	return entries.length === 0 ? undefined : chunks;
}

/** Drops the bytes of a run's answer; what was read from them stays. */
export async function dropChunks(
	run: string,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	await dropExchanges(await store, [run]);
}

function newPiece(
	first: number,
	chunks: readonly Chunk[],
	deflated?: Uint8Array<ArrayBuffer>
): Piece {
	const times = Float64Array.from(chunks, ({ t }) => t);
	const sizes = Uint32Array.from(chunks, ({ bytes }) => bytes.byteLength);
	const bytes = deflated ?? join(chunks);
	return { v: 2, first, times, sizes, bytes, deflated: deflated !== undefined };
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

async function chunksOf(piece: Piece): Promise<Chunk[] | undefined> {
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
function isPiece(value: unknown): value is Piece {
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
