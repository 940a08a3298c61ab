import type { Frame } from './reply.ts';
import type { Random } from '../random.ts';

/** How long a model takes for a delta, in ms: mostly 12 to 40, now and then a pause. */
export function waitFor(random: Random): number {
	return random.next() < 0.03 ? random.int(90, 220) : random.int(12, 40);
}

/** How long the service takes until the headers, in ms: that of a small model near by. */
export function waitForHeaders(random: Random): number {
	return random.int(90, 180);
}

/** How long all frames take, in ms. */
export function totalWait(frames: readonly Frame[]): number {
	return frames.reduce((sum, frame) => sum + frame.wait, 0);
}
