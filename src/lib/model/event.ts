import type { Part } from './draft.ts';
import type { Json } from './json.ts';

/** What a frame means, in the same words for every API. `block` names the part it belongs to. */
export type StreamEvent =
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
	/** A whole part at once, where the API does not stream it. */
	| { type: 'part'; block: string; part: Part }
	| { type: 'block-end'; block: string }
	| ({ type: 'usage' } & Usage)
	| { type: 'trace'; value: Json }
	/** The protocol's own end, with its reason as the service spells it. */
	| { type: 'response-end'; reason: string }
	| { type: 'error'; error: ServiceError };

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
