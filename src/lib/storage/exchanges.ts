import * as v from 'valibot';
import type { Chunk, Head } from '../model/exchange.ts';
import { parseWith, stringsSchema } from '../model/json-schema.ts';
import { exchangePrefix } from './exchange-keys.ts';
import { openStore } from './open-store.ts';
import { chunksOf, isPiece, newStoredPiece } from './pieces.ts';
import type { Arrival } from './pieces.ts';
import { dropExchanges, noteStored, withRoom } from './room.ts';
import type { Store } from './store.ts';

const headSchema = v.object({
	status: v.number(),
	headers: stringsSchema,
	t: v.number()
}) satisfies v.GenericSchema<unknown, Head>;

/**
 * Stores what has come for a run: what is stored already is not written again. Resolves once it is written. A page that goes
 * away meanwhile may give the same again: it is read once.
 */
export async function appendChunks(
	run: string,
	arrival: Arrival,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	const piece = newStoredPiece(run, arrival);
	if (piece === undefined) return;
	const opened = await store;
	await withRoom(opened, () => opened.setMany([piece.entry]));
	await noteStored(opened, piece.size);
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
