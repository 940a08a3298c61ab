import type { Json, JsonObject } from './json.ts';

/** The wire APIs, by the names used in drafts and links: these never change. */
export type ApiId = 'converse' | 'chat-completions' | 'responses';

/** Verbatim fields of a wire API for which a draft has no word, merged under the words at build. */
export type Extra = Partial<Record<ApiId, JsonObject>>;

/** The parameters a form offers; one name per wire field, absent means not sent. */
export type ParamName =
	| 'temperature'
	| 'topP'
	| 'maxTokens'
	| 'maxCompletionTokens'
	| 'stopSequences'
	| 'reasoningEffort'
	| 'includeUsage'
	| 'store';

/** What the user edits, neutral between the APIs. It holds no host, no header and no key. */
export interface Draft {
	/** As typed, never encoded: an id, a profile id or an ARN. */
	model: string;
	/** A kind of endpoint; absent = the catalogue decides. */
	endpoint?: 'runtime' | 'mantle';
	/** Path prefix of the OpenAI APIs on mantle; absent = the catalogue decides by model. */
	prefix?: '/v1' | '/openai/v1';
	/** true and false are sent as such where the API has a field; absent sends none. */
	stream?: boolean;
	/** Converse `system` · Responses `instructions` · Chat's first message. */
	system?: Message;
	messages: Message[];
	params: { [K in ParamName]?: Json };
	guardrail?: Guardrail;
	chain?: Chain;
	extra?: Extra;
}

/** A guardrail to apply; `trace` in lower case as Converse writes it (`enabled`). */
export interface Guardrail {
	id: string;
	version: string;
	trace?: string;
}

/** The stored response that the next one continues: only what comes after message `after` is sent. */
export interface Chain {
	responseId: string;
	/** Id of the last message that the service remembers; '' where it is none of these. */
	after: string;
}

/** One turn, or one item of a list that is no turn (`opaque`). */
export interface Message {
	/** Local; '' out of `read`. */
	id: string;
	role: 'system' | 'developer' | 'user' | 'assistant' | 'tool' | 'opaque';
	parts: Part[];
	/** How it stood on the wire where there are two ways: a list of parts where a string would do; a bare string as the whole input. */
	as?: 'list' | 'bare';
	/** Where an answer came from: signatures return only to their own family of models. */
	from?: { run: string; model: string };
	extra?: Extra;
}

/** A piece of a message. */
export type Part = { extra?: Extra } &
	/** `lead` stood before `text` in an answer, a block of thoughts in tags: it goes back, and is not shown as text. */
	(
		| { type: 'text'; text: string; lead?: string }
		| {
				type: 'reasoning';
				text: string;
				signature?: string;
				redacted?: string;
				encrypted?: string;
		  }
		| { type: 'refusal'; text: string }
		/** `input` is JSON text as it came, which may be cut. */
		| { type: 'tool-call'; id: string; name: string; input: string }
		| { type: 'opaque'; api: ApiId; value: Json }
	);

/** A fresh local id: 16 hexadecimal digits. (`randomUUID` needs a secure context.) */
export function newId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(8));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The plain text of a message's text parts, joined without a separator. */
export function textOf(parts: readonly Part[]): string {
	return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** A message of one text part. */
export function newMessage(role: Message['role'], text: string): Message {
	return { id: newId(), role, parts: [{ type: 'text', text }] };
}
