import type { Api } from '../apis/api.ts';
import type { StreamEvent } from '../model/event.ts';
import type { Frame } from '../model/frame.ts';
import { readJson } from '../model/json-text.ts';
import { isErrorEnvelope, parseServiceError } from './service-error.ts';

/** The response that frames belong to. */
export interface ResponseFacts {
	api: Api;
	status: number;
	/** As far as they can be read, with lower-case names. */
	headers: Readonly<Record<string, string>>;
}

/** What a frame means: events, the mark that the stream ends here, or nothing that the API knows how to read. */
export type Reading = readonly StreamEvent[] | 'end-mark' | 'broken';

/**
 * What `frame` means. Failures of every shape become error events here, so that no adapter meets one. What an adapter
 * cannot take, such as an object where it wants a name, is broken too.
 */
export function readFrame(frame: Frame, answer: ResponseFacts): Reading {
	try {
		switch (frame.kind) {
			case 'message':
				return readMessage(frame, answer);
			case 'sse':
				return readSse(frame, answer);
			case 'body':
				return readWhole(frame.text, answer);
		}
	} catch {
		// Not JSON, or not of this API. An unknown path of the runtime endpoint answers 200, in JSON or XML.
		return frame.kind === 'body' && frame.text.includes('UnknownOperation')
			? readError(frame.text, answer, 'UnknownOperationException')
			: 'broken';
	}
}

function readMessage(frame: Frame & { kind: 'message' }, answer: ResponseFacts): Reading {
	const { headers, payload } = frame;
	const type = headers.get(':message-type');
	const event = String(headers.get(':event-type') ?? '');
	if (type === 'error') {
		const words = String(headers.get(':error-message') ?? '');
		return readError(payload || words, answer, headers.get(':error-code'), words);
	}
	if (type === 'exception') return readError(payload, answer, headers.get(':exception-type'));
	// Some proxies name an exception as if it were an event.
	if (event.endsWith('Exception')) return readError(payload, answer, event);
	// A heartbeat.
	if (payload === '') return [];
	return answer.api.parseEvent(event, readJson(payload));
}

function readSse({ event, data }: Frame & { kind: 'sse' }, answer: ResponseFacts): Reading {
	const text = data.trim();
	if (event === 'error') return readError(text, answer);
	if (text === '') return [];
	if (text === '[DONE]') return 'end-mark';
	const value = readJson(text);
	return withError(answer.api.parseEvent(event, value), value, text, answer);
}

function readWhole(text: string, answer: ResponseFacts): Reading {
	if (answer.status < 200 || answer.status > 299) return readError(text, answer);
	const value = readJson(text);
	return withError(answer.api.parseBody(value), value, text, answer);
}

/** The events of a value, after its error where it is one: a response that failed still tells its id and usage. */
function withError(
	events: StreamEvent[],
	value: unknown,
	text: string,
	answer: ResponseFacts
): StreamEvent[] {
	return isErrorEnvelope(value) ? [...readError(text, answer), ...events] : events;
}

function readError(
	text: string,
	answer: ResponseFacts,
	code?: unknown,
	words?: string
): StreamEvent[] {
	const error = parseServiceError(answer.status, answer.headers, text);
	return [
		{
			type: 'error',
			error: {
				...error,
				...(typeof code === 'string' && { code }),
				...(words !== undefined && { message: words })
			}
		}
	];
}
