import type { ApiId, Draft, ParamName } from '../model/draft.ts';
import type { StreamEvent } from '../model/event.ts';
import type { HttpRequest, Target } from '../model/request.ts';

/**
 * One wire API, both ways. The law, over every request a service accepts: `build(read(r), targetOf(r.url))`
 * equals `r` in method, decoded path segments, headers without case, and body as a JSON value.
 */
export interface Api {
	readonly id: ApiId;
	readonly label: string;
	/** The service's own page about it. */
	readonly docs: string;
	/** What the form offers. */
	readonly params: readonly Param[];
	/** Wire name of the system prompt, where the API gives it one of its own. */
	readonly system: 'System' | 'instructions';
	/** Whether it can continue a stored response. */
	readonly chains: boolean;
	/** What a frame of its streams is, for a server that does not say so. */
	readonly framing: 'message' | 'sse';
	/** Total and synchronous: any draft gives a request; what the API cannot say is in `losses`. */
	build(draft: Draft, target: Target): { request: HttpRequest; losses: Loss[] };
	/**
	 * The draft that builds `request`.
	 * @throws {ReadError} when it is no request of this API.
	 */
	read(request: HttpRequest): Draft;
	/** Events of one streamed frame: `event` is the SSE event's or event-stream message's type. A part without
	 * words is kept; an event that says nothing of the answer gives []. */
	parseEvent(event: string, data: unknown): StreamEvent[];
	/** Events of a body that is not streamed: the same as its stream would have given. */
	parseBody(data: unknown): StreamEvent[];
}

/** One parameter of an API: its name in a draft, its place in the body, and what a form may offer for it. */
export type Param = {
	name: ParamName;
	/** Path in the body; the last is the wire name that the form shows. */
	path: readonly [string] | readonly [string, string];
	/** Where it stands in the form. */
	group: 'sampling' | 'length' | 'reasoning' | 'storage';
} & (
	| { kind: 'number' | 'integer'; min: number; max?: number; initial: number }
	| { kind: 'strings'; max: number }
	| { kind: 'choice'; choices: readonly string[]; initial: string }
	| { kind: 'flag' }
);

/** What a draft holds and an API cannot say; a sentence is made where it is shown. */
export type Loss =
	| { code: 'part'; type: string }
	| { code: 'role'; role: string }
	| { code: 'chain' }
	| { code: 'guardrail' }
	| { code: 'param'; name: ParamName }
	| { code: 'extra'; api: ApiId };

/** Why a request is not one of this API's. */
export class ReadError extends Error {
	constructor(readonly code: 'wrong-path' | 'no-body' | 'body-not-object' | 'too-deep') {
		super(code);
	}
}
