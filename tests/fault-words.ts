import type { Fault } from '../src/lib/simulator/faults.ts';

// What the page says of the simulator's faults, for the matrix in Node and for its rows in a browser.

export type ApiName = Fault['apis'][number];

export const prompt = 'What happens between pressing Send and the first token?';
/** From the beginning and from the end of the simulator's answer to it. */
export const begin = 'The request is built.';
export const finish = 'only when the stream itself said so.';

/** How each API spells the ends that the page does not call whole. */
export const unusual: Readonly<
	Record<string, { called: string; reason: Record<ApiName, string> }>
> = {
	'max-tokens': {
		called: 'Incomplete',
		reason: {
			converse: 'max_tokens',
			'chat-completions': 'length',
			responses: 'max_output_tokens'
		}
	},
	'content-filter': {
		called: 'Refused',
		reason: {
			converse: 'content_filtered',
			'chat-completions': 'content_filter',
			responses: 'content_filter'
		}
	},
	guardrail: {
		called: 'Refused',
		reason: {
			converse: 'guardrail_intervened',
			'chat-completions': 'guardrail_intervened',
			responses: ''
		}
	},
	empty: {
		called: 'The answer is empty.',
		reason: { converse: 'end_turn', 'chat-completions': 'stop', responses: 'completed' }
	}
};

/** How each API calls the end of a whole answer. */
export const usual: Readonly<Record<ApiName, string>> = {
	converse: 'end_turn',
	'chat-completions': 'stop',
	responses: 'completed'
};

/** What the page says of bytes that are not what they claim to be. */
export const broken: Readonly<Record<NonNullable<Fault['code']>, string>> = {
	crc: 'Broken checksum',
	'too-large': 'A frame beyond the size limit',
	'bad-length': 'A frame with an impossible length',
	'bad-header': 'A frame with an unknown header',
	'not-a-stream': 'The bytes are not an event stream'
};

/** Why no answer could be read, as far as the browser lets the page know. */
export const unread: Readonly<Record<string, RegExp>> = {
	// The host itself answers the probe, so it is the one answer that was withheld.
	unreachable: /The host is up, but the browser withheld its answer/,
	'no-cors': /The host is up, but the browser withheld its answer/,
	redirect: /It answered with a redirect\. Redirects are not followed/
};
