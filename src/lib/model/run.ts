import type { ApiId, Draft, Part } from './draft.ts';
import type { ServiceError, Usage } from './event.ts';
import type { Json } from './json.ts';
import type { HttpRequest } from './request.ts';

/** Every way a run can end, each shown in its own way. */
export type Outcome =
	/** The protocol's own end was seen; `reason` as the service spells it. */
	| { end: 'finished'; reason: string }
	/** By the user. */
	| { end: 'stopped' }
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

/** Why a request never got an answer, as far as a browser can tell. */
export type Unreachable =
	/** The browser is offline. */
	| 'offline'
	/** The host is up but its answer was withheld: no CORS, or a refusal without CORS headers. */
	| 'withheld'
	/** The page's own policy does not list the host. */
	| 'policy'
	/** It answered with a redirect, which is never followed. */
	| 'redirect'
	/** DNS, refused, TLS or a blocker: a browser cannot tell which. */
	| 'no-answer';

/** One execution: the request, how it went and what came of it. */
export interface Run {
	v: 1;
	id: string;
	api: ApiId;
	/** Runs of one conversation share it. */
	conversation: string;
	/** The run whose answer this one continues. */
	parent?: string;
	/** Epoch ms. */
	startedAt: number;
	/** Id of the key record; absent in the demo. */
	key?: string;
	simulated: boolean;
	request: HttpRequest;
	/** What it was built from, so that opening the run gives back the whole conversation. */
	draft: Draft;
	status?: number;
	/** Response headers that CORS exposes. */
	headers?: Record<string, string>;
	parts: Part[];
	responseId?: string;
	/** The model's name as the response gave it. */
	model?: string;
	usage?: Usage;
	trace?: Json;
	/** ms since send. */
	times: RunTimes;
	/** Frames and bytes of the body so far. */
	received: { events: number; bytes: number };
	/** Absent while running. */
	outcome?: Outcome;
}

export interface RunTimes {
	headers?: number;
	/** First text, reasoning or tool-call delta, by the arrival of its chunk. */
	firstToken?: number;
	/** First delta of the answer proper, which ends the thinking. */
	firstText?: number;
	end?: number;
}

/** What a list of runs needs to show one. */
export interface RunSummary {
	v: 1;
	id: string;
	api: ApiId;
	conversation: string;
	startedAt: number;
	simulated: boolean;
	/** As the draft held it. */
	model: string;
	/** First words of the conversation's first user message, at most 80 characters; '' where it has none. */
	title: string;
	end?: Outcome['end'];
	/** HTTP status of a failure. */
	status?: number;
}
