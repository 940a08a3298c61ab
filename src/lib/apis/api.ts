import type { ApiId, Draft, FileType, Message, Tool } from '../model/draft.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { StreamEvent } from '../model/event.ts';
import type { ParamName } from '../model/param-names.ts';
import type { EndpointKind, HttpRequest, RequestHead, Target } from '../model/request.ts';

/**
 * What is known of an API before an answer comes: its name, what it takes, and how its requests are built. A first visit
 * loads no more than this.
 */
export interface RequestApi {
	readonly id: ApiId;
	readonly label: string;
	/** The service's own page about it. */
	readonly docs: string;
	/** The parameters that it takes. What the form offers of them is in `forms.ts`. */
	readonly params: ParamPaths;
	/** The field for fields of a model's own; absent where it takes none. */
	readonly modelFields?: string;
	/** Wire name of the form of an answer. */
	readonly output: string;
	/** Wire name of the system prompt, where the API gives it one of its own. */
	readonly system: 'System' | 'instructions';
	/** Wire name of the list of messages. */
	readonly messages: 'messages' | 'input';
	/** The roles that a message of text may have in that list. */
	readonly roles: readonly Message['role'][];
	/** The endpoints that serve it. */
	readonly endpoints: readonly Target['endpoint'][];
	/** What stands between an endpoint's origin and the API's own path: nothing, or the prefix of the OpenAI APIs. */
	readonly prefixed: boolean;
	/** Absent where it can have none. */
	readonly guardrail?: GuardrailWords;
	/** How it is told apart at a glance, beside its name: a shape, and the name of a colour in `app.css`. */
	readonly mark: { shape: 'circle' | 'square' | 'diamond'; hue: `--${string}` };
	/** The model that a fresh draft names: one that the API serves in (nearly) every Region. */
	defaultModel(region: string): string;
	/** The parameter without which a streamed answer reports no usage; absent where it always does. */
	readonly usageParam?: ParamName;
	/**
	 * How it takes what a tool gave: what it calls that, whether that has a field for a failure, and the kinds of files that
	 * may stand in it.
	 */
	readonly toolResult: { name: string; hasStatus: boolean; files: readonly FileType[] };
	/** The kinds of attachments it takes, and whether it reads them from an address: in S3, on the web too, or not. */
	readonly files: TakenFiles;
	/** What of that a gateway takes otherwise. */
	readonly gatewayFiles?: TakenFiles;
	/** Whether it can continue a stored response. */
	readonly chains: boolean;
	/** What a frame of its streams is, for a server that does not say so. */
	readonly framing: 'message' | 'sse';
	/** Where a draft goes, without the cost of its body. */
	headOf(draft: Draft, target: Target): RequestHead;
	/** Total and synchronous: any draft gives a request. Throws while what builds requests is not loaded, see `build.ts`. */
	build: Build;
}

/** Any draft gives a request. */
export type Build = (draft: Draft, target: Target) => Built;

/**
 * One wire API, both ways. The law, over every request a service accepts: `build(read(r), targetOf(r.url))`
 * equals `r` in method, decoded path segments, headers without case, and body as a JSON value.
 */
export interface Api extends RequestApi {
	readonly tools: ApiTools;
	/**
	 * The draft that builds `request`.
	 * @throws {ReadError} when it is no request of this API.
	 */
	read(request: HttpRequest): Draft;
	/** Events of one streamed frame: `event` is the SSE event's or event-stream message's type. A part without
	 * words is kept; an event that says nothing of the answer gives []. */
	parseEvent(event: string, data: unknown): StreamEvent[];
	/** Events of a body that is not streamed: the same as its stream would have given. */
	parseBody(data: unknown): StreamEvent[];
}

/** What a form of tools has to know of an API. */
export interface ToolForms {
	/** Wire name of the choice among tools, its word for one or more of any, and whether it has one for none. */
	choice: { name: string; required: string; none: boolean };
	/** Whether a function that does not say whether it is strict is so. */
	strictByDefault: boolean;
	/** Tools that the service runs itself and that have a form. */
	servers: readonly ServerToolForm[];
}

/** Those, and what reads the tools of a request. */
export interface ApiTools extends ToolForms {
	/** A function as this API describes one; undefined for anything else. */
	read: (wire: Json) => Tool | undefined;
	/** Whether a tool that is no function is one of this API's. */
	owns: (wire: Json) => boolean;
}

/** The form of a tool that a service runs itself. */
export interface ServerToolForm {
	/** As the service calls it. */
	name: string;
	/** As it is added. */
	value: JsonObject;
	/** Whether a tool is one of these. */
	fits: (wire: Json) => boolean;
	fields: readonly ServerToolField[];
	/** The only endpoint that has it, where not all have. */
	endpoint?: EndpointKind;
}

/** A field of a tool that a service runs itself: a text, one of some words, or true or false. Not set, it is not sent. */
export interface ServerToolField {
	path: readonly [string] | readonly [string, string];
	kind: 'text' | 'boolean' | readonly string[];
	/** An example. */
	hint?: string;
	required?: boolean;
}

/** The kinds of attachments that are taken, each with the addresses it is read from: in S3, on the web too, or none. */
export type TakenFiles = Readonly<Partial<Record<FileType, 's3' | 'web' | 'none'>>>;

/** A request, what of the draft it does not say, and what of the transcript was mended so that it can be sent. */
export interface Built {
	request: HttpRequest;
	losses: Loss[];
	mends: Mend[];
}

/** Where a parameter stands in a body. */
export type ParamPath = readonly [string] | readonly [string, string];

/** The place of each parameter that an API takes. */
export type ParamPaths = { readonly [K in ParamName]?: ParamPath };

/** Where an API takes a guardrail, in its own words. */
export interface GuardrailWords {
	/** The endpoints that honour it; others take it and ignore it, so it is not sent there. */
	endpoints: readonly Target['endpoint'][];
	/** What the form calls it as a whole, and each of its fields. */
	row: string;
	id: string;
	version: string;
	trace: string;
	/** Its field for how a stream is looked at; absent where it has none. */
	processing?: string;
	/** A draft's `trace` as the API writes it. */
	sayTrace: (trace: string) => string;
}

/** What a draft holds and an API cannot say; a sentence is made where it is shown. */
export type Loss =
	| { code: 'part'; type: string }
	/** Sealed by a model of another family, which alone can read it. */
	| { code: 'foreign-reasoning'; model: string }
	/** Its arguments end before their JSON does, so no API takes it back. */
	| { code: 'cut-call'; name: string }
	/** A tool that another API kept whole. */
	| { code: 'tool' }
	| { code: 'tool-choice' }
	/** That a tool has failed. */
	| { code: 'tool-status' }
	| { code: 'role'; role: string }
	| { code: 'chain' }
	| { code: 'guardrail' }
	/** How a guardrail looks at a stream, where nothing is streamed or the API has no field for it. */
	| { code: 'guardrail-processing' }
	/** The form of the answer. */
	| { code: 'output' }
	| { code: 'param'; name: ParamName }
	/** A field of the body that the form sets, and that was typed into the body otherwise: what was typed is sent. */
	| { code: 'typed'; path: string }
	| { code: 'extra'; api: ApiId };

/**
 * What was changed of the page's own transcript so that the API can take it; `message` is the id of the one it
 * happened to. A sentence is made where it is shown, and `mend: false` in the draft undoes them all.
 */
export interface Mend {
	code: MendCode;
	message: string;
}

export type MendCode =
	/** A text of nothing but white space was left out. */
	| 'blank-text'
	/** The system prompt was blank, so none is sent. */
	| 'blank-system'
	/** Nothing was left to send of a message, as of an answer that never came. */
	| 'empty-message'
	/** A tool call whose arguments end in the middle was left out. */
	| 'cut-call'
	/** The arguments of a tool call are no JSON object, so they were put into one as text. */
	| 'wrapped-input'
	/** A tool call without its result was left out. */
	| 'unanswered-call'
	/** A tool result without its call was left out. */
	| 'orphan-result'
	/** Reasoning after which nothing came was left out. */
	| 'trailing-reasoning'
	/** Reasoning in a message that is no answer, as one that got another role, was left out. */
	| 'misplaced-reasoning'
	/** White space at the end of an answer that is to be continued was left out. */
	| 'trailing-space'
	/** An answer before the first user message was left out. */
	| 'leading-answer'
	/** It was joined with the message before it, which has the same role. */
	| 'joined'
	/** It calls a tool or has its result, so the tools that are used are named though none is set. */
	| 'named-tools'
	/** A document in it has the name of one before, so it got another. */
	| 'document-name';

/** Why a request is not one of this API's. */
export class ReadError extends Error {
	constructor(
		readonly code: 'wrong-path' | 'no-body' | 'not-json' | 'body-not-object' | 'too-deep'
	) {
		super(code);
	}
}
