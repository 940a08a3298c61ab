import type { ApiId, Part } from './draft.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * What a frame means, in the same words for every API. `block` names the part it belongs to; `choice` is there only
 * for answers beside the first (`n`).
 */
export type StreamEvent = { choice?: number } & (
	| { type: 'response-start'; id?: string; model?: string }
	| { type: 'text-delta' | 'reasoning-delta' | 'refusal-delta'; block: string; text: string }
	| {
			type: 'reasoning-seal';
			block: string;
			signature?: string;
			redacted?: string;
			encrypted?: string;
	  }
	| { type: 'tool-call-start'; block: string; id: string; name: string }
	| { type: 'tool-call-delta'; block: string; input: string }
	/** A piece of what the API has no words for: it goes on in `extra` of the block's part, or in an opaque part. */
	| { type: 'fields'; block: string; api: ApiId; fields: JsonObject }
	/**
	 * A whole part: what the API does not stream, or repeats when the block ends. `repeat` where it repeats all parts
	 * at the end of the answer, whose places may then differ.
	 */
	| { type: 'part'; block: string; part: Part; repeat?: true }
	| { type: 'block-end'; block: string }
	| ({ type: 'usage' } & Usage)
	/** What is said beside the answer, by the service's own names; `pieces` of it where their texts go on. */
	| { type: 'details'; values: JsonObject; pieces?: boolean }
	/** The protocol's own end, with its reason as the service spells it. */
	| { type: 'response-end'; reason: string }
	/** The body says that the response is not finished, as the service spells it. */
	| { type: 'unfinished'; status: string }
	| { type: 'error'; error: ServiceError }
);

/** Token counts as the service reported them; `raw` is its own object. */
export interface Usage {
	input?: number;
	output?: number;
	reasoning?: number;
	cacheRead?: number;
	cacheWrite?: number;
	raw: Json;
}

/** What a service said about a failure. */
export interface ServiceError {
	/** HTTP status; 200 for an exception inside a stream. */
	status: number;
	/** `ThrottlingException`, `invalid_api_key` …, as the service spells it. */
	code?: string;
	/** The service's own words; '' where it gave none. */
	message: string;
	/** Absent where the service gave none or CORS hides it. */
	requestId?: string;
	/** The whole text that the words were taken from. */
	raw: string;
}
