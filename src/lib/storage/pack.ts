import { deflate } from './deflate.ts';
import { exchangePrefix, isPacked, packedKey } from './exchange-keys.ts';
import { isPiece } from './pieces.ts';
import type { Store } from './store.ts';

/** Deflates what is stored of a run's answer as it came. Gives how many bytes it is less. */
export async function packExchange(run: string, store: Store): Promise<number> {
	let saved = 0;
	for (const key of await store.keys(`${exchangePrefix}${run}/`)) {
		if (!isPacked(key)) saved += await packPiece(key, store);
	}
	return saved;
}

async function packPiece(key: string, store: Store): Promise<number> {
	const piece = await store.get(key);
	if (!isPiece(piece)) return 0;
	const deflated = piece.deflated ? undefined : await deflate(piece.bytes);
	const packed = deflated === undefined ? piece : { ...piece, bytes: deflated, deflated: true };
	const size = packed.bytes.byteLength;
	return store.update([key], ([stored]) => {
		// Another page has packed it meanwhile, or dropped it.
		if (stored === undefined) return { result: 0 };
		const saved = piece.bytes.byteLength - size;
		return { remove: [key], put: [[packedKey(key, size), packed]], result: saved };
	});
}
