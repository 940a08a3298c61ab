import type { Explanation } from '../../errors/explanation.ts';
import type { ServiceError } from '../../model/event.ts';
import type { Run } from '../../model/run.ts';
import { text } from '../../text/index.ts';

/** A failure in words, for the error card. */
export interface FailureWords {
	kind: 'service' | 'stream' | 'unreachable' | 'not-an-answer';
	headline: string;
	status?: number;
	/** Verbatim words and whose they are. */
	quote?: string;
	quotedBy: string;
	cause?: string | undefined;
	facts: { name: string; value: string; isWire: boolean }[];
	/** What *Copy details* copies: all of this and the address, never the key. */
	details: string;
}

/** The words for a run that failed; undefined for one that did not. */
export function describeFailure(
	run: Pick<Run, 'outcome' | 'request'>,
	explanation: Explanation | undefined
): FailureWords | undefined {
	const words = describe(run, explanation);
	if (words === undefined) return undefined;
	const facts = words.facts.map(({ name, value }) => `${name}: ${value}`);
	const lines = [
		words.headline,
		`${run.request.method} ${run.request.url}`,
		...(words.status === undefined ? [] : [`status: ${words.status}`]),
		...facts,
		...(words.quote === undefined ? [] : ['', words.quote])
	];
	return { ...words, details: lines.join('\n') };
}

function describe(
	run: Pick<Run, 'outcome'>,
	explanation: Explanation | undefined
): Omit<FailureWords, 'details'> | undefined {
	const { outcome } = run;
	const words = text.errors;
	const code = explanation?.code ?? 'unknown';
	const said = {
		headline: words.say(words.headlines[code], explanation?.values),
		cause: words.say(words.causes[code], explanation?.values)
	};
	switch (outcome?.end) {
		case 'http-error':
		case 'error-in-200':
		case 'stream-error':
			return describeService(outcome.error, outcome.end, said);
		case 'unreachable':
			return {
				kind: 'unreachable',
				headline: said.headline ?? outcome.host,
				quotedBy: '',
				cause: said.cause,
				facts: []
			};
		case 'not-an-answer':
			return {
				kind: 'not-an-answer',
				headline: said.headline ?? words.byStatus(outcome.status),
				status: outcome.status,
				quote: outcome.text,
				quotedBy: words.answered,
				cause: said.cause,
				facts: [{ name: words.contentType, value: outcome.contentType, isWire: true }]
			};
	}
	return undefined;
}

function describeService(
	error: ServiceError,
	end: 'http-error' | 'error-in-200' | 'stream-error',
	said: { headline: string | undefined; cause: string | undefined }
): Omit<FailureWords, 'details'> {
	const words = text.errors;
	const plain = {
		'http-error': words.byStatus(error.status),
		'error-in-200': text.outcome.errorIn200,
		'stream-error': text.outcome.streamError
	}[end];
	const headline = said.headline ?? plain;
	// Status 0: it was never sent, so nobody said anything.
	if (error.status === 0)
		return { kind: 'service', headline, quotedBy: '', cause: said.cause, facts: [] };
	return {
		kind: end === 'stream-error' ? 'stream' : 'service',
		headline,
		status: error.status,
		quote: error.message || error.raw || words.nothingSaid,
		quotedBy: words.saidByService,
		cause: said.cause,
		facts: [
			...(error.code === undefined ? [] : [{ name: words.type, value: error.code, isWire: true }]),
			{
				name: words.requestId,
				value: error.requestId ?? words.hidden,
				isWire: error.requestId !== undefined
			}
		]
	};
}
