import type { Json } from './json.ts';

/** One piece of a body as the network gave it; `t` in ms since the request was sent. */
export interface Chunk {
	t: number;
	bytes: Uint8Array<ArrayBuffer>;
}

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
