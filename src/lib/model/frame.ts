import type { Json } from './json.ts';

/** One decoded unit of a body, with the time and number of the chunk that completed it. */
export type Frame = { t: number; chunk: number } & (
	| {
			/** An event-stream message; `offset` and `length` in bytes of the body. */
			kind: 'message';
			offset: number;
			length: number;
			headers: ReadonlyMap<string, Json>;
			payload: string;
	  }
	| { kind: 'sse'; event: string; data: string }
	| { kind: 'body'; text: string }
);
