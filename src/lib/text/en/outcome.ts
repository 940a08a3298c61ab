import type { UnreachableCause } from '../../errors/explanation.ts';
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
	unreachable: {
		offline: 'You are offline. Nothing was sent.',
		withheld:
			'The host is up, but the browser withheld its answer: it does not allow web pages (CORS), or it refused the key without CORS headers, or the connection closed first, and then the request may have arrived and be billed. CORS is the rule that a web page may read an answer only where the server allows it by a header; cURL asks for none, so it shows what the host says.',
		policy:
			'This page’s own policy does not list the host, so the browser did not send the request.',
		redirect:
			'It answered with a redirect. Redirects are not followed, so that the key goes nowhere else.',
		closed:
			'It has answered this page before and it is up, so most likely the connection closed on the way; a proxy in between that answers without CORS headers would look the same. The request may have arrived, so it may be billed though no answer came. When a reused connection breaks, a browser sends a request again by itself, so two may have gone out.',
		'no-answer':
			'The host did not answer at all, so this is not the key and not CORS. A VPN, a blocker, a company proxy or a Region without this endpoint is the usual cause. Where it answered before, the connection may have broken on the way: then the request may have arrived.',
		loopback:
			'The address is this computer’s own. Browsers ask before a web page may talk to it: allow “local network” or “apps on device” for this site, see that the gateway runs, then try again.'
	} satisfies Record<UnreachableCause, string>,
	streamError: 'Exception in the stream',
	errorIn200: 'An error in an answer that says 200'
});
