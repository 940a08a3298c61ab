import type { JsonObject } from '../json.ts';
import type { Frame } from '../wire/reply.ts';
import { totalWait } from '../wire/waits.ts';
import { beginOf, QUEUE_WAIT } from './events.ts';
import type { StoredResponse } from './stored.ts';

/** A response that is written in the background, by a clock of its own. */
export interface Job {
	/** Epoch ms: when it leaves the queue, and when it is finished. */
	beginsAt: number;
	endsAt: number;
	cancelled: boolean;
	/** All of its stream, for those who take it up again; undefined where it was not to be streamed. */
	frames?: readonly Frame[] | undefined;
}

/** Starts a job at `now`, epoch ms. At speed 0 it is finished at once. */
export function newJob(
	frames: readonly Frame[],
	now: number,
	speed: number,
	streamed: boolean
): Job {
	const after = (wait: number): number => now + (speed > 0 ? wait / speed : 0);
	return {
		beginsAt: after(QUEUE_WAIT),
		endsAt: after(totalWait(frames)),
		cancelled: false,
		frames: streamed ? frames : undefined
	};
}

/** A stored response as the service shows it at `now`: queued, in progress, cancelled or finished. */
export function bodyAt({ body, job }: StoredResponse, now: number): JsonObject {
	if (job === undefined) return body;
	if (job.cancelled) return beginOf(body, 'cancelled');
	if (now < job.beginsAt) return beginOf(body, 'queued');
	return now < job.endsAt ? beginOf(body, 'in_progress') : body;
}

/** The frames after one, at the pace that is left of them at `now`. */
export function framesAfter(
	frames: readonly Frame[],
	startingAfter: number,
	{ createdAt }: StoredResponse,
	now: number,
	speed: number
): Frame[] {
	let due = (createdAt - now) * speed;
	let waited = 0;
	return frames
		.map((frame) => {
			due += frame.wait;
			const wait = speed > 0 ? Math.max(0, due - waited) : 0;
			waited += wait;
			return { ...frame, wait };
		})
		.slice(startingAfter + 1);
}
