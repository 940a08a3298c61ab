import type { ApiName } from '../call.ts';
import { newInvalid, openAiErrorOf } from '../wire/errors.ts';
import { encodeErrorMessage, encodeException } from '../wire/event-stream.ts';
import type { Fault, Flow } from './fault.ts';
import { ALL_APIS } from './fault.ts';
import { objectOf, parseJson } from '../json.ts';
import type { Frame } from '../wire/reply.ts';
import { newResponseFrame } from '../responses/events.ts';
import { encodeSse } from '../wire/sse.ts';
import { middleOf } from './middle.ts';

const CHAT: readonly ApiName[] = ['chat-completions'];
const RESPONSES: readonly ApiName[] = ['responses'];
const CONVERSE: readonly ApiName[] = ['converse'];

/** Streams that end before their end. */
export const cutFaults: readonly Fault[] = [
	{
		...newFault('truncated', 'The body ends cleanly between two frames, before the end.'),
		end: 'cut-short',
		midFrame: false,
		bend: (flow) => ({ ...flow, frames: flow.frames.slice(0, middleOf(flow.frames)) })
	},
	{
		...newFault('cut-in-frame', 'The body ends cleanly within a frame.'),
		end: 'cut-short',
		midFrame: true,
		bend: (flow) => ({ ...flow, frames: cutInFrame(flow.frames) })
	},
	{
		...newFault('reset', 'The connection fails in the middle of the answer.'),
		end: 'cut-short',
		bend: (flow) => ({ ...flow, frames: flow.frames.slice(0, middleOf(flow.frames)), end: 'reset' })
	},
	{
		...newFault(
			'stall',
			'The stream falls silent in the middle and stays open until it is stopped.'
		),
		end: 'stopped',
		bend: (flow) => ({ ...flow, frames: flow.frames.slice(0, middleOf(flow.frames)), end: 'stall' })
	},
	{
		...newFault(
			'no-usage',
			'The answer is whole, and nothing follows it: no metadata, usage or [DONE].',
			['converse', 'chat-completions']
		),
		end: 'finished',
		bend: (flow) => ({
			...flow,
			frames: flow.frames.filter(({ name }) => !['metadata', 'usage', 'done'].includes(name))
		})
	},
	{
		...newFault('byte-by-byte', 'Every byte arrives by itself.'),
		end: 'finished',
		bend: (flow) => ({ ...flow, chunks: 'bytes' })
	}
];

/** Errors that the service sends within a stream that began well. */
export const errorFrameFaults: readonly Fault[] = [
	newException(
		'exception',
		'throttlingException',
		'Too many requests, please wait before trying again.'
	),
	newException(
		'validation-exception',
		'validationException',
		'The model returned the following errors: Input is too long for requested model.'
	),
	newException(
		'internal-exception',
		'internalServerException',
		'The system encountered an unexpected error during processing. Try your request again.'
	),
	newException(
		'unavailable-exception',
		'serviceUnavailableException',
		'Bedrock is unable to process your request.'
	),
	newException(
		'model-stream-error',
		'modelStreamErrorException',
		'The model returned an error while streaming.',
		{
			originalStatusCode: 500,
			originalMessage: 'Internal model error'
		}
	),
	{
		...newException(
			'exception-first',
			'throttlingException',
			'Too many tokens, please wait before trying again.'
		),
		about: 'The first frame is a throttlingException.',
		bend: (flow) => ({
			...flow,
			frames: [
				newExceptionFrame('throttlingException', {
					message: 'Too many tokens, please wait before trying again.'
				})
			]
		})
	},
	{
		...newFault(
			'error-frame',
			'A frame of type error ends the stream, its words in headers.',
			CONVERSE
		),
		end: 'stream-error',
		words: 'An internal server error occurred.',
		bend: (flow) =>
			endWith(flow, {
				name: 'error',
				bytes: encodeErrorMessage('InternalFailure', 'An internal server error occurred.'),
				wait: 0
			})
	},
	{
		...newFault('sse-error', 'An event with an error ends the stream, without [DONE].', [
			'chat-completions',
			'responses'
		]),
		end: 'stream-error',
		words: 'The server had an error while processing your request.',
		bend: (flow) => endWith(flow, newSseError(flow))
	},
	{
		...newFault(
			'sse-error-data',
			'An error without an event name ends the stream, as gateways send it.',
			CHAT
		),
		end: 'stream-error',
		words: 'An error occurred (ThrottlingException) when calling the ConverseStream operation',
		bend: (flow) =>
			endWith(flow, {
				name: 'error',
				bytes: encodeSse(
					'',
					JSON.stringify({
						error: {
							message:
								'An error occurred (ThrottlingException) when calling the ConverseStream operation'
						}
					})
				),
				wait: 0
			})
	},
	{
		...newFault('response-failed', 'The response fails while it is written.', RESPONSES),
		end: 'stream-error',
		words: 'The model failed while writing the response.',
		bend: (flow) => endWith(flow, newFailure(flow))
	}
];

function newFault(
	name: string,
	about: string,
	apis: readonly ApiName[] = ALL_APIS
): Omit<Fault, 'end'> {
	return { name, apis, streamed: true, about };
}

function newException(name: string, type: string, message: string, rest: object = {}): Fault {
	return {
		...newFault(name, `A ${type} ends the stream in the middle.`, CONVERSE),
		end: 'stream-error',
		words: message,
		bend: (flow) => endWith(flow, newExceptionFrame(type, { message, ...rest }))
	};
}

function newExceptionFrame(type: string, payload: object): Frame {
	return { name: type, bytes: encodeException(type, payload), wait: 0 };
}

function endWith(flow: Flow, frame: Frame): Flow {
	return { ...flow, frames: [...flow.frames.slice(0, middleOf(flow.frames)), frame] };
}

function cutInFrame(frames: readonly Frame[]): Frame[] {
	const middle = middleOf(frames);
	return frames
		.slice(0, middle + 1)
		.map((frame, at) =>
			at < middle
				? frame
				: { ...frame, bytes: frame.bytes.slice(0, Math.ceil(frame.bytes.length / 2)) }
		);
}

function newSseError({ api, frames }: Flow): Frame {
	const message = 'The server had an error while processing your request.';
	if (api === 'responses') {
		const data = { code: 'server_error', message, param: null };
		return newResponseFrame('error', data, middleOf(frames));
	}
	const error = {
		...openAiErrorOf(newInvalid(message)),
		code: 'server_error',
		type: 'server_error'
	};
	return { name: 'error', bytes: encodeSse('', JSON.stringify({ error })), wait: 0 };
}

function newFailure({ frames }: Flow): Frame {
	const first = new TextDecoder().decode(frames[0]?.bytes);
	const created = objectOf(parseJson(first.slice(first.indexOf('data: ') + 6)));
	const error = { code: 'server_error', message: 'The model failed while writing the response.' };
	const response = { ...objectOf(created['response']), status: 'failed', error };
	return newResponseFrame('response.failed', { response }, middleOf(frames));
}
