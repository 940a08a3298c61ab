import type { DraftChange } from '../model/draft-change.ts';
import type { Draft } from '../model/draft.ts';
import type { ServiceError } from '../model/event.ts';
import type { Unreachable } from '../model/exchange.ts';

/** What a request was, for the question why it failed. */
export interface Sent {
	draft: Draft;
	/** Address the request went to. */
	url: string;
	/** Profiles through which the draft's model can be called from the key's Region, the best first. */
	profiles: readonly string[];
}

/** A failure that the service told, and what it happened to. */
export interface Failure extends Sent {
	error: ServiceError;
}

/** Why it failed and what would mend it. The sentences for `code` are in `text`. */
export interface Explanation {
	code: ExplanationCode;
	/** What the sentences quote: an action, a host, a fault. */
	values?: Values;
	/** Best first; none where nothing on the page can help. */
	fixes: readonly Fix[];
}

export type Values = Readonly<Record<string, string | undefined>>;

export type ExplanationCode = ServiceCause | UnreachableCause;

/** Causes told by an answer. */
export type ServiceCause =
	| 'not-sent'
	| 'foreign-answer'
	| 'gateway-key'
	| 'gateway-upstream'
	| 'gateway-path'
	| 'gateway-body'
	| 'unknown-operation'
	| 'response-not-found'
	| 'payment-instrument'
	| 'marketplace-actions'
	| 'marketplace-subscription'
	| 'legacy-model'
	| 'access-form'
	| 'model-access'
	| 'operation-not-allowed'
	| 'daily-quota'
	| 'needs-profile'
	| 'wrong-path'
	| 'unknown-model'
	| 'starts-with-user'
	| 'roles-alternate'
	| 'blank-text'
	| 'prefill'
	| 'temperature-and-top-p'
	| 'thinking-parameter'
	| 'schema-refused'
	| 'context-too-long'
	| 'unsupported-parameter'
	| 'wrong-region'
	| 'key-expired'
	| 'key-malformed'
	| 'missing-header'
	| 'not-authorized'
	| 'key-refused'
	| 'forbidden'
	| 'throttled'
	| 'service-trouble'
	| 'unknown';

/** Causes of no answer; `loopback`: the browser asks before a page may talk to this computer. */
export type UnreachableCause = Unreachable | 'loopback';

/**
 * One button of an error card, as data. Nothing is done before it is pressed. At most one of a card is `primary`.
 * A change of `messages` only ever leaves some out.
 */
export type Fix = { label: FixLabel; primary?: true } & (
	| { change: DraftChange; then: 'resend' | 'stay' }
	| { command: CommandId }
);

/** The words of a button are in `text`; `value` is what they quote. */
export interface FixLabel {
	code: FixCode;
	value?: string;
}

export type FixCode =
	| CommandId
	| 'use-model'
	| 'use-prefix'
	| 'use-instead'
	| 'turn-off'
	| 'drop-first'
	| 'drop-last'
	| 'drop-blank'
	| 'resend-elsewhere';

/** Something the page can do, by id. */
export type CommandId =
	| 'replace-key'
	| 'gateway'
	| 'choose-model'
	| 'retry'
	| 'test-connection'
	| 'copy-curl'
	| 'use-relay'
	| 'leave-relay'
	| 'change-region'
	| 'resend-history'
	| 'continue';

/** A row of the table: the explanation of a failure it knows, else undefined. */
export type Explain = (failure: Failure) => Explanation | undefined;
