import * as v from 'valibot';
import type { Chunk, Head } from '../model/exchange.ts';
import { parseWith, stringsSchema } from '../model/json-schema.ts';
import { openStore } from './open-store.ts';
import { deflate, inflate } from './deflate.ts';
import { dropExchanges, exchangePrefix, noteStored, pieceKey, withRoom } from './room.ts';
import type { StoredPiece } from './room.ts';
import type { Store } from './store.ts';

/** Some of what came back for a run, from chunk `first` on, counted from 0. */
export interface Arrival {
	first: number;
	chunks: readonly Chunk[];
	/** Given once, with the first of it. */
	head?: Head | undefined;
}

/** Some chunks that follow each other, as they are stored. */
interface Piece {
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

const headSchema = v.object({
	status: v.number(),
	headers: stringsSchema,
	t: v.number()
}) satisfies v.GenericSchema<unknown, Head>;

/** What is stored of what has come for a run, deflated where that helps; undefined where nothing has come. */
export async function newStoredPiece(
	run: string,
	arrival: Arrival
): Promise<StoredPiece | undefined> {
	if (isNothing(arrival)) return undefined;
	const { first, chunks } = arrival;
	const piece = newPiece(arrival, await deflate(chunks.map(({ bytes }) => bytes)));
	const size = piece.bytes.byteLength;
	return { entry: [pieceKey(run, first, Date.now(), size), piece], size };
}

/**
 * Stores what has come for a run: what is stored already is not written again. Resolves once it is written; until then a
 * page that goes away gives it to {@link leaveChunks} again.
 */
export async function appendChunks(
	run: string,
	arrival: Arrival,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	const piece = await newStoredPiece(run, arrival);
	if (piece === undefined) return;
	const opened = await store;
	await withRoom(opened, () => opened.setMany([piece.entry]));
	await noteStored(opened, piece.size);
}

/** The same as they are, on `pagehide`: nothing that takes time comes before the write. */
export async function leaveChunks(
	run: string,
	arrival: Arrival,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	if (isNothing(arrival)) return;
	const piece = newPiece(arrival);
	// Marked, so that it does not take the place of a deflated piece that is on its way.
	const key = `${pieceKey(run, arrival.first, Date.now(), piece.bytes.byteLength)}-left`;
	await (await store).setMany([[key, piece]]);
}

/**
 * What came back for a run: its chunks with the times and the bounds they came with, and the head, which runs of older
 * versions of this page have in their own record alone. Undefined where nothing is stored (any more) or a piece of it is
 * missing or broken: half an answer would read as one that was cut short.
 */
export async function loadArrival(
	run: string,
	store: Store | Promise<Store> = openStore()
): Promise<{ head?: Head; chunks: Chunk[] } | undefined> {
	const entries = await (await store).range(`${exchangePrefix}${run}/`);
	const chunks: Chunk[] = [];
	let head: Head | undefined;
	for (const [, value] of entries) {
		const piece = isPiece(value) ? await chunksOf(value) : undefined;
		if (!isPiece(value) || piece === undefined || value.first > chunks.length) return undefined;
		head ??= parseWith(headSchema, value.head);
		// What a page left on going away can be written twice.
		for (const chunk of piece.slice(chunks.length - value.first)) chunks.push(chunk);
	}
	return entries.length === 0 ? undefined : { ...(head && { head }), chunks };
}

/** The chunks of what {@link loadArrival} gives. */
export async function loadChunks(
	run: string,
	store: Store | Promise<Store> = openStore()
): Promise<Chunk[] | undefined> {
	return (await loadArrival(run, store))?.chunks;
}

/** Drops the bytes of a run's answer; what was read from them stays. */
export async function dropChunks(
	run: string,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	await dropExchanges(await store, [run]);
}

function isNothing({ chunks, head }: Arrival): boolean {
	return chunks.length === 0 && head === undefined;
}

function newPiece({ first, chunks, head }: Arrival, deflated?: Uint8Array<ArrayBuffer>): Piece {
	const times = Float64Array.from(chunks, ({ t }) => t);
	const sizes = Uint32Array.from(chunks, ({ bytes }) => bytes.byteLength);
	const bytes = deflated ?? join(chunks);
	const isDeflated = deflated !== undefined;
	return { v: 2, ...(head && { head }), first, times, sizes, bytes, deflated: isDeflated };
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
