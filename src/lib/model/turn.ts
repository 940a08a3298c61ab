import type { ApiId, Draft, Message, Part } from './draft.ts';
import type { Outcome } from './run.ts';
import type { WrittenResults } from './tool-calls.ts';

/**
 * One message in its place in a conversation's tree. Written once and never changed: an edit makes a sibling. The turn
 * and its message have the same id.
 */
export interface Turn {
	v: 2;
	id: string;
	conversation: string;
	/** The turn before it; absent for a first one. */
	parent?: string;
	/** Epoch ms. */
	at: number;
	/** An answer's `from` names its run. A run of which nothing came has an answer without parts. */
	message: Message;
	/** Id of the turn that has the very same message but for its id: stored once, with that turn. */
	of?: string;
}

/** What a request is made of beside its messages. */
export type RequestSettings = Omit<Draft, 'messages' | 'chain'>;

/** Settings as they were sent: one record for as long as they stay the same. */
export interface SentSettings {
	v: 2;
	id: string;
	conversation: string;
	settings: RequestSettings;
	/** The body as somebody typed it, which is not built again from the turns. */
	body?: string;
}

/** What a list shows of a conversation, and where in its tree one left it. */
export interface ConversationRecord {
	v: 2;
	id: string;
	api: ApiId;
	/** First words of its first user message, at most 80 characters; '' where it has none. */
	title: string;
	/** As typed, of the last run. */
	model: string;
	simulated: boolean;
	/** Epoch ms of its first and of its last change. */
	startedAt: number;
	changedAt: number;
	/** The turn at the end of the branch that is shown. */
	leaf?: string;
	/** How its last run ended; absent while it runs. `draft`: nothing was sent in it yet. */
	end?: Outcome['end'] | 'draft';
	/** HTTP status of a failure. */
	status?: number;
	/** Epoch ms; it can be undone until it is purged. */
	deletedAt?: number;
}

/** What is being written in a conversation and not yet sent. */
export interface DraftRecord {
	v: 2;
	conversation: string;
	api: ApiId;
	settings: RequestSettings;
	/** The text of the composer. */
	composer: string;
	/** The body as somebody types it. */
	typed?: string;
	/** What is attached to it: files by the id that they are kept under. */
	parts?: Part[];
	/** Send the whole history although a stored response could be continued. */
	resend?: boolean;
	/** The message whose text went back to the composer because nothing of it arrived. */
	returned?: string;
	/** Results of tools that are being written, by the id of their call. */
	results?: WrittenResults;
	/** Epoch ms, and the id of the page that wrote it: a page never overwrites silently what another has written. */
	savedAt: number;
	writer: string;
}
