import type { ApiId, Chain, Part } from './draft.ts';
import type { ServiceError, Usage } from './event.ts';
import type { Unreachable } from './exchange.ts';
import type { JsonObject } from './json.ts';
import type { KeyIdentity } from './key.ts';
import type { HttpRequest } from './request.ts';
import type { ResponseState } from './response-state.ts';

/** Every way a run can end, each shown in its own way. */
export type Outcome =
	/** The protocol's own end was seen; `reason` as the service spells it. */
	| { end: 'finished'; reason: string }
	/** By the user. */
	| { end: 'stopped' }
	/** The page was closed or the tab was discarded while it ran. */
	| { end: 'page-closed' }
	/** A response that the service has not finished: it is queued, in progress or cancelled, as the service spells it. */
	| { end: 'unfinished'; status: string }
	/** The body ended before the protocol's end, between frames or inside one. */
	| { end: 'cut-short'; midFrame: boolean }
	/** The bytes are not what they claim to be. */
	| { end: 'bad-frame'; code: BadFrame }
	/** The service's own failure: inside a stream, by status, or in the body of a 200. */
	| { end: 'stream-error' | 'http-error' | 'error-in-200'; error: ServiceError }
	/** A readable answer that is neither the API's nor an error: HTML from a proxy, a redirect, broken JSON. */
	| { end: 'not-an-answer'; status: number; contentType: string; text: string }
	| { end: 'unreachable'; host: string; cause: Unreachable };

export type BadFrame = 'crc' | 'too-large' | 'bad-length' | 'bad-header' | 'not-a-stream';

/** One of several answers to one request (`n`), beside the first. */
export interface Choice {
	/** As the service numbers it. */
	index: number;
	parts: Part[];
	/** The protocol's own end, once seen. */
	reason?: string;
}

/** What is known about an answer beside its parts. */
export interface AnswerFacts {
	/** Absent where there was no answer. */
	status?: number;
	/** Response headers that CORS exposes, with lower-case names. */
	headers?: Record<string, string>;
	responseId?: string;
	model?: string;
	usage?: Usage;
	/** What the service said beside the answer, by its own names: `trace`, `serviceTier`, `additionalModelResponseFields` … */
	details?: JsonObject;
	/** What was odd and did not change the outcome, such as text after the end. */
	notes?: Note[];
	times: RunTimes;
	/** Frames and bytes of the body. */
	received: { frames: number; bytes: number };
}

/** What an exchange means: the answer in it and how it ended. The same exchange always gives the same answer. */
export interface Answer extends AnswerFacts {
	parts: Part[];
	/** Absent where there is one answer, as nearly always. */
	others?: Choice[];
	outcome: Outcome;
}

/** Something odd about an answer; a sentence is made where it is shown. */
export type Note = 'after-end' | 'second-end' | 'error-after-end' | 'key-hidden';

/** One execution: the facts about its exchange. The request is built again from the turns and the settings as sent. */
export interface Run extends AnswerFacts {
	v: 2;
	id: string;
	api: ApiId;
	conversation: string;
	/** The turn that holds its answer, written when the run ends. */
	turn: string;
	/** The turn that it answers; absent where no message was sent. */
	asked?: string;
	/** Epoch ms. */
	startedAt: number;
	/** Id of the key record; absent in the demo. */
	key?: string;
	/** Whose key it was, for when the key itself is gone; absent where it told nothing. */
	identity?: KeyIdentity;
	simulated: boolean;
	/** Without its body. */
	request: { method: HttpRequest['method']; url: string; headers: HttpRequest['headers'] };
	/** The body as sent: length in bytes of UTF-8, and CRC-32. */
	body: { length: number; crc: number };
	/** Id of the settings as sent. */
	sent: string;
	chain?: Chain;
	/** Model as the settings held it. */
	draftModel: string;
	/** Absent while running. */
	outcome?: Outcome;
	/** How the answers beside the first ended (`n`), by their turns; '' where their end was not seen. */
	ends?: Record<string, string>;
	/** What the service was last known to hold of its response, where something told it after the run; at in epoch ms. */
	service?: { state: ResponseState; at: number };
}

export interface RunTimes {
	headers?: number;
	/** First text, reasoning or tool-call delta, by the arrival of its chunk. */
	firstToken?: number;
	/** First delta of the answer proper, which ends the thinking. */
	firstText?: number;
	end?: number;
}
