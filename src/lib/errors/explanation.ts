import type { Draft, ParamName } from '../model/draft.ts';
import type { ServiceError } from '../model/event.ts';

/** A failure and what it happened to. */
export interface Failure {
	error: ServiceError;
	draft: Draft;
	/** Address the request went to. */
	url: string;
	/** Profiles through which the draft's model can be called from the key's Region, the best first. */
	profiles: readonly string[];
}

/** Why it failed and what to do; the sentence for `code` is in `text`. */
export interface Explanation {
	code: ExplanationCode;
	/** Best first; the first is the filled button. */
	fixes: readonly Fix[];
}

export type ExplanationCode =
	| 'needs-profile'
	| 'key-expired'
	| 'key-refused'
	| 'wrong-region'
	| 'not-authorized'
	| 'throttled'
	| 'wrong-path'
	| 'unknown-operation'
	| 'response-not-found'
	| 'unknown-model'
	| 'unsupported-parameter'
	| 'service-trouble';

/** One button of an error card. Nothing is resent before it is pressed. */
export type Fix =
	| { fix: 'use-model'; model: string }
	| { fix: 'use-prefix'; prefix: '/v1' | '/openai/v1' }
	| { fix: 'turn-off'; param: ParamName }
	| { fix: 'replace-key' }
	| { fix: 'resend-history' }
	| { fix: 'choose-model' }
	| { fix: 'retry' };

/** A row of the table: the explanation of a failure it knows, else undefined. */
export type Explain = (failure: Failure) => Explanation | undefined;
