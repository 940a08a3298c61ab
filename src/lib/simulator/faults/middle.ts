import type { Frame } from '../wire/reply.ts';

const TEXT_DELTA = /^(?:contentBlockDelta|delta|response\.output_text\.delta)$/;

/** Where a fault strikes: at a frame in the middle of the text, so that some text has arrived. */
export function middleOf(frames: readonly Frame[]): number {
	const deltas = [...frames.keys()].filter((at) => TEXT_DELTA.test(frames[at]?.name ?? ''));
	return deltas[Math.ceil(deltas.length / 2)] ?? Math.floor(frames.length / 2);
}
