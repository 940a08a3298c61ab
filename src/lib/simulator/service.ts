import type { Call } from './call.ts';
import { allowPreflight, CORS_HEADERS } from './wire/cors.ts';
import { newProfiles } from './control/profiles.ts';
import { refuseKey } from './keys.ts';
import type { Pace } from './wire/pace.ts';
import { newBody, newPace } from './wire/pace.ts';
import type { Random } from './random.ts';
import { newRandom, newUuid } from './random.ts';
import type { Reply } from './wire/reply.ts';
import { cutIntoBytes, cutUnevenly } from './wire/reply.ts';
import { answerCall, readHost } from './routes.ts';
import { newStoredResponses } from './responses/stored.ts';

/** How a simulator behaves. */
export interface SimulatorOptions {
	/** The same seed and the same requests in the same order give the same bytes. Default 1. */
	seed?: number;
	/** 1, the default, is the pace of a real model; 4 is four times as fast; 0 does not wait at all. */
	speed?: number;
	/** Whether a request needs a good key. Default true. */
	requireKey?: boolean;
	/** A host name that is a gateway's, beside those of Bedrock. */
	gateway?: string;
	/** Epoch ms. Default `Date.now`. */
	now?: () => number;
}

/** A request as the service takes it: the address as sent, the body read. */
export interface ServiceRequest {
	method: string;
	url: string;
	headers: Headers;
	body: string;
	signal?: AbortSignal | undefined;
}

/** The service itself: what is sent back, whether or not a browser would let a page read it. */
export type Service = (request: ServiceRequest) => Promise<Response>;

/** Starts a service. It rejects with a `TypeError` where no answer arrives at all. */
export function newService(options: SimulatorOptions = {}): Service {
	const { seed = 1, speed = 1, requireKey = true, now = Date.now, gateway } = options;
	const stored = newStoredResponses();
	const profiles = newProfiles();
	let count = 0;
	return async ({ method, url, headers, body, signal }) => {
		signal?.throwIfAborted();
		const { hostname, pathname, searchParams } = new URL(url);
		const host = readHost(hostname, gateway);
		if (host === undefined) throw new TypeError(`Could not reach ${hostname}`);
		// Preflights are not counted, because a browser may keep an answer instead of asking again.
		if (method === 'OPTIONS')
			return new Response(null, { status: 204, headers: allowPreflight(headers) });
		const random = newRandom(seed, count++);
		const requestId = newUuid(random);
		const call: Call = {
			method,
			path: pathname,
			query: searchParams,
			headers,
			body,
			...host,
			random,
			now: now(),
			speed,
			stored,
			profiles
		};
		const reply = (requireKey ? refuseKey(call) : undefined) ?? (await answerCall(call));
		const pace = newPace(speed, signal ?? undefined);
		await pace.wait(reply.wait ?? 0);
		return new Response(newReplyBody(reply, random, pace, signal ?? undefined), {
			status: reply.status,
			headers: {
				...reply.headers,
				'x-amzn-requestid': requestId,
				date: new Date(call.now).toUTCString(),
				...(host.place === 'mantle' && { 'x-request-id': `req_${requestId}` }),
				...(reply.cors !== false && CORS_HEADERS)
			}
		});
	};
}

function newReplyBody(
	reply: Reply,
	random: Random,
	pace: Pace,
	signal: AbortSignal | undefined
): BodyInit {
	if (typeof reply.body === 'string') return reply.body;
	const chunks =
		reply.chunks === 'bytes' ? cutIntoBytes(reply.body) : cutUnevenly(reply.body, random);
	return newBody(chunks, reply.end ?? 'close', pace, signal);
}
