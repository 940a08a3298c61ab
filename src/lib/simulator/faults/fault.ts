import type { ApiName } from '../call.ts';
import type { Twist } from '../answers/completion.ts';
import type { Frame, Reply } from '../wire/reply.ts';

/** A streamed answer that a fault may bend: its frames in order, and the way it ends. */
export interface Flow {
	api: ApiName;
	contentType: string;
	frames: readonly Frame[];
	end: 'close' | 'reset' | 'stall';
	chunks?: 'uneven' | 'bytes';
}

/** How a run ends in the page, as in the design's `Outcome`. */
export type End =
	| 'finished'
	| 'stopped'
	| 'cut-short'
	| 'bad-frame'
	| 'stream-error'
	| 'http-error'
	| 'error-in-200'
	| 'not-an-answer'
	| 'unreachable';

/** A way to fail on purpose: send a request to the model `fault.<name>`. */
export interface Fault {
	readonly name: string;
	/** The APIs it is for; elsewhere the id is that of an unknown model. */
	readonly apis: readonly ApiName[];
	/** Whether it shows only when the answer is streamed; a whole answer is then a usual one. */
	readonly streamed: boolean;
	/** What it is, in one sentence. */
	readonly about: string;
	/** How a run of it ends. */
	readonly end: End;
	/** What the service says and the page should show: a verbatim part of it. */
	readonly words?: string;
	/** For `bad-frame`: what is wrong with it. */
	readonly code?: 'crc' | 'too-large' | 'bad-length' | 'bad-header' | 'not-a-stream';
	/** For `cut-short`: whether the cut is inside a frame. */
	readonly midFrame?: boolean;
	/**
	 * Answers in place of the API, for a path and a Region ('' on a loopback host). Throws a
	 * `TypeError` where no answer arrives.
	 */
	readonly answer?: (api: ApiName, path: string, region: string) => Reply | undefined;
	/** Bends the completion. */
	readonly twist?: Twist;
	/** Bends the streamed answer. */
	readonly bend?: (flow: Flow) => Flow;
	/** Bends the reply, whole or streamed. */
	readonly change?: (reply: Reply) => Reply;
}

/** Every API. */
export const ALL_APIS: readonly ApiName[] = ['converse', 'chat-completions', 'responses'];
