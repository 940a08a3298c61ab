import type { ServiceError } from '../model/event.ts';
import type { RequestFault, Unreachable } from '../model/exchange.ts';
import { readJson } from '../model/json-text.ts';
import type { Json } from '../model/json.ts';
import { Redactor } from './redact.ts';
import { send } from './send.ts';
import type { Sending } from './send.ts';
import { isErrorEnvelope, parseServiceError } from './service-error.ts';

/** Why a call has no value. */
export type CallFailure =
	| { reason: 'refused'; error: ServiceError }
	| { reason: 'unreachable'; cause: Unreachable }
	| { reason: 'unsent'; fault: RequestFault }
	/** It was stopped, or the connection broke. */
	| { reason: 'stopped' | 'broken-off' }
	/** The answer is not JSON, larger than a list can be, or repeats the key, so that nothing of it is kept. */
	| { reason: 'not-json' | 'too-large' | 'key-in-answer'; status: number };

/** What a call gave. */
export type Called = { ok: true; value: Json } | { ok: false; failure: CallFailure };

/** Bytes of an answer; the longest list is far below a tenth of it. */
const most = 8 * 1024 * 1024;

/**
 * Sends one request that is no run, such as for a list, and reads its JSON. An empty body of a success is null. It
 * never rejects.
 */
export async function call(sending: Omit<Sending, 'onchunk' | 'redactor'>): Promise<Called> {
	const redactor = new Redactor(sending.secret);
	let bytes = 0;
	const { status, headers, chunks, end } = await send({
		...sending,
		redactor,
		onchunk: (chunk) => ((bytes += chunk.bytes.length) > most ? 'enough' : 'more')
	});
	if (typeof end === 'object')
		return 'unsent' in end
			? fail({ reason: 'unsent', fault: end.unsent })
			: fail({ reason: 'unreachable', cause: end.unreachable });
	if (end !== 'whole') return fail({ reason: end === 'broken-off' ? 'broken-off' : 'stopped' });
	if (status === undefined) return fail({ reason: 'stopped' });
	if (redactor.found) return fail({ reason: 'key-in-answer', status });
	if (bytes > most) return fail({ reason: 'too-large', status });
	const utf8 = new TextDecoder();
	const text = chunks.map((chunk) => utf8.decode(chunk.bytes, { stream: true })).join('');
	return readAnswer(status, headers ?? {}, text + utf8.decode());
}

function readAnswer(status: number, headers: Record<string, string>, text: string): Called {
	if (status < 200 || status > 299)
		return fail({ reason: 'refused', error: parseServiceError(status, headers, text) });
	if (text.trim() === '') return { ok: true, value: null };
	let value: Json;
	try {
		value = readJson(text);
	} catch {
		// An unknown path answers 200, in JSON or in XML.
		if (!text.includes('UnknownOperation')) return fail({ reason: 'not-json', status });
		return fail({ reason: 'refused', error: parseServiceError(status, headers, text) });
	}
	if (!isErrorEnvelope(value)) return { ok: true, value };
	return fail({ reason: 'refused', error: parseServiceError(status, headers, text) });
}

function fail(failure: CallFailure): Called {
	return { ok: false, failure };
}
