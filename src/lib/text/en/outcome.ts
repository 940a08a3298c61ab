import type { BadFrame } from '../../model/run.ts';
import { section } from '../section.ts';

/** How a run ended, in a line. */
export const outcome = section('outcome', {
	reasons: {
		end_turn: 'The model finished its turn.',
		stop: 'The model finished its turn.',
		completed: 'The model finished its turn.',
		stop_sequence: 'One of the stop sequences came up.',
		tool_use: 'The model waits for tool results.',
		tool_calls: 'The model waits for tool results.',
		max_tokens: 'The answer reached the token limit and is not whole.',
		length: 'The answer reached the token limit and is not whole.',
		max_output_tokens: 'The answer reached the token limit and is not whole.',
		model_context_window_exceeded: 'The context window is full; the answer is not whole.',
		guardrail_intervened: 'A guardrail replaced or blocked the answer.',
		content_filtered: 'A content filter blocked the answer.',
		content_filter: 'A content filter blocked the answer.',
		malformed_model_output: 'The model gave output that the service could not read.',
		malformed_tool_use: 'The model gave a tool call that the service could not read.'
	} as Record<string, string | undefined>,
	otherReason: 'The service’s own reason for the end.',
	incomplete: 'Incomplete',
	refused: 'Refused',
	empty: 'The answer is empty.',
	stopped: 'Stopped by you',
	pageClosed: 'Cut off when the page closed.',
	pageClosedAt: (events: number) =>
		events === 0
			? 'Nothing had come yet. The service may have gone on, and may bill for it.'
			: `What came in ${events === 1 ? 'its 1 event' : `its ${events} events`} is kept. The service may have gone on, and may bill for it.`,
	/** Of a response that the service has not finished, by its status. */
	unfinished: {
		queued: 'The response is queued on the service and not begun.',
		in_progress: 'The service is still at work on the response.',
		cancelled: 'The response was cancelled on the service.'
	} as Record<string, string | undefined>,
	unfinishedHead: 'Not finished',
	otherUnfinished: 'The service’s own word for a response that it has not finished.',
	after: (events: number) => (events === 1 ? 'after 1 event' : `after ${events} events`),
	cutShort: 'Cut short.',
	cutShortAt: (events: number, midFrame: boolean) =>
		midFrame
			? `The connection closed inside event ${events + 1}. What came before is kept.`
			: `The connection closed after event ${events}, before the answer’s end. What came is kept.`,
	badFrame: {
		crc: 'Broken checksum',
		'too-large': 'A frame beyond the size limit',
		'bad-length': 'A frame with an impossible length',
		'bad-header': 'A frame with an unknown header',
		'not-a-stream': 'The bytes are not an event stream'
	} satisfies Record<BadFrame, string>,
	badFrameAt: (event: number) => `in frame ${event}; what came before is kept`,
	streamError: 'Exception in the stream',
	errorIn200: 'An error in an answer that says 200'
});
