import type { FileSource } from './file.ts';
import type { Json, JsonObject } from './json.ts';
import type { Params } from './params.ts';
import type { Target } from './request.ts';

export type { ParamName } from './param-names.ts';

/** The wire APIs, by the names used in drafts and links: these never change. */
export const apiIds = ['converse', 'chat-completions', 'responses'] as const;

export type ApiId = (typeof apiIds)[number];

/** Verbatim fields of a wire API for which a draft has no word, merged under the words at build. */
export type Extra = Partial<Record<ApiId, JsonObject>>;

/** What the user edits, neutral between the APIs. It holds no host, no header and no key. */
export interface Draft {
	/** As typed, never encoded: an id, a profile id or an ARN. */
	model: string;
	/** A kind of endpoint, never a host; absent = the catalogue decides. */
	endpoint?: Target['endpoint'];
	/** Path prefix of the OpenAI APIs on mantle; absent = the catalogue decides by model. */
	prefix?: '/v1' | '/openai/v1';
	/** true and false are sent as such where the API has a field; absent sends none. */
	stream?: boolean;
	/** Converse `system` · Responses `instructions` · Chat's first message. */
	system?: Message;
	messages: Message[];
	params: Params;
	tools?: Tool[];
	toolChoice?: 'auto' | 'none' | 'required' | { name: string };
	/** The form that an answer is asked to have; absent: none. */
	output?: Output;
	guardrail?: Guardrail;
	chain?: Chain;
	/** false: messages are sent as they stand, also where the API is known to refuse them so. */
	mend?: false;
	extra?: Extra;
}

/** What a model may call; or, kept whole, what only one API has, such as its server's own tools. */
export type Tool =
	| {
			type: 'function';
			name: string;
			description?: string;
			/** JSON Schema of its arguments. */
			schema?: Json;
			strict?: boolean;
			/** Kept in the form and not sent. */
			off?: true;
			extra?: Extra;
	  }
	| { type: 'opaque'; api: ApiId; value: Json; off?: true };

/** The form of an answer: any JSON object, or what a JSON Schema says, which is kept as text, as it was written. */
export type Output =
	| { type: 'object' }
	| { type: 'schema'; name?: string; description?: string; schema: string; strict?: boolean };

/** A guardrail to apply; `trace` in lower case as Converse writes it (`enabled`). */
export interface Guardrail {
	id: string;
	version: string;
	trace?: string;
	/** How a streamed answer is looked at: `sync` before any of it comes, `async` while it comes. */
	processing?: string;
}

/** The stored response that the next one continues: only what comes after message `after` is sent. */
export interface Chain {
	responseId: string;
	/** Id of the last message that the service remembers; '' where it remembers none of these. */
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
	/** Instead of `from` where an answer was edited or given another role: the model that sealed its reasoning. */
	by?: string;
	extra?: Extra;
}

/** The kinds of attachments that a draft has words for. */
export const fileTypes = ['image', 'document', 'audio', 'video'] as const;

export type FileType = (typeof fileTypes)[number];

/** A piece of a message. */
export type Part = { extra?: Extra } &
	/**
	 * `lead` stood before `text` in an answer, a block of thoughts in tags: it goes back, and is not shown as text.
	 * `json`: the text is JSON, which an API that has a form for values in a tool's result takes as one.
	 */
	(
		| { type: 'text'; text: string; lead?: string; json?: true }
		| {
				type: 'reasoning';
				text: string;
				signature?: string;
				redacted?: string;
				encrypted?: string;
		  }
		| { type: 'refusal'; text: string }
		/** An attachment. `mime` is '' where nobody said it. */
		| { type: FileType; mime: string; name?: string; source: FileSource }
		/** `input` is JSON text as it came, which may be cut. */
		| { type: 'tool-call'; id: string; name: string; input: string }
		/** What a tool gave for the call of that id. */
		| { type: 'tool-result'; id: string; parts: Part[]; status?: 'success' | 'error' }
		| { type: 'opaque'; api: ApiId; value: Json }
	);

/** An attachment. */
export type FilePart = Part & { type: FileType };

/** Whether a part is an attachment. */
export function isFilePart(part: Part): part is FilePart {
	return (fileTypes as readonly string[]).includes(part.type);
}

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
