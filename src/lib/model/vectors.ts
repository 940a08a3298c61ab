type Vector = readonly number[];

/** The length of a vector in space. */
export function normOf(vector: Vector): number {
	return Math.hypot(...chunked(vector));
}

/**
 * The cosine of the angle between two vectors: 1 where they point the same way, 0 where they have nothing in common, -1
 * where they are opposite. Undefined where one has no direction, or where they have not as many dimensions.
 */
export function cosineOf(a: Vector, b: Vector): number | undefined {
	if (a.length !== b.length) return undefined;
	const norms = normOf(a) * normOf(b);
	if (norms === 0) return undefined;
	let dot = 0;
	for (const [i, value] of a.entries()) dot += value * (b[i] ?? 0);
	// Rounding leads a hair beyond what a cosine can be.
	return Math.min(1, Math.max(-1, dot / norms));
}

/** The cosine of each pair of vectors, by rows; undefined where there is none. */
export function cosinesOf(
	vectors: readonly (Vector | undefined)[]
): readonly (readonly (number | undefined)[])[] {
	return vectors.map((a) => vectors.map((b) => a && b && cosineOf(a, b)));
}

/** The norms of pieces of a vector: `Math.hypot` takes as many arguments as a call does. */
function chunked(vector: Vector): number[] {
	const norms: number[] = [];
	for (let at = 0; at < vector.length; at += 1024) {
		norms.push(Math.hypot(...vector.slice(at, at + 1024)));
	}
	return norms;
}
