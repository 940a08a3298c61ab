import { newMessage } from '../model/draft.ts';
import type { Part } from '../model/draft.ts';
import type { Json } from '../model/json.ts';
import type { ParamName } from '../model/param-names.ts';
import type { WrittenResult, WrittenResults } from '../model/tool-calls.ts';
import type { RequestSettings } from '../model/turn.ts';
import { isBlank, saysNothing, unwritten } from '../model/written.ts';
import type { Written } from '../model/written.ts';
import type { TypedBody } from './typed-body.svelte.ts';

/** How long nobody has to type before the request is built anew, in ms. */
const pause = 200;

/** No results. One object for all: with another one, what depends on the results would be worked out anew. */
export const noResults: WrittenResults = {};

/** What the form says of the next request. */
export interface Form {
	settings: RequestSettings;
	written: Written;
	resend: boolean;
}

/** What is edited of the next request beside the messages: its settings and the text that is being written. */
export class Editor {
	/** The body as somebody types it: while it stands, it is what is sent. */
	typed: TypedBody | undefined = $state.raw();
	#settings: RequestSettings = $state.raw({ model: '', params: {} });
	#resend = $state(false);
	/** The message whose text went back to the composer because nothing of it arrived. */
	returned: string | undefined = $state();
	#parts: readonly Part[] = $state.raw(unwritten.parts);
	/** Results of tools being written, as of the last pause in typing. */
	settledResults: WrittenResults = $state.raw(noResults);
	#results: WrittenResults = $state.raw(noResults);
	#composer = $state('');
	#settled = $state('');
	#timer: ReturnType<typeof setTimeout> | undefined;

	get settings(): RequestSettings {
		return this.#settings;
	}

	set settings(settings: RequestSettings) {
		this.typed?.leave();
		this.#settings = settings;
	}

	/** Send the whole history although a stored response could be continued. */
	get resend(): boolean {
		return this.#resend;
	}

	set resend(resend: boolean) {
		this.typed?.leave();
		this.#resend = resend;
	}

	get form(): Form {
		return { settings: this.#settings, written: this.written, resend: this.#resend };
	}

	/** Takes up what a typed body says, which stands for as long as nobody changes the form otherwise. */
	adopt({ settings, written, resend }: Form): void {
		this.#settings = settings;
		this.#resend = resend;
		this.#composer = written.text;
		this.#parts = written.parts;
		this.settle();
	}

	/** The text being written; it counts as the conversation's last message. */
	get composer(): string {
		return this.#composer;
	}

	set composer(text: string) {
		this.typed?.leave();
		this.#composer = text;
		clearTimeout(this.#timer);
		// The first letter decides whether there is anything to send: that is shown at once.
		if (isBlank(text) || isBlank(this.#settled)) this.settle();
		else this.#timer = setTimeout(() => this.settle(), pause);
	}

	/** The text as it was at the last pause: what is built from it costs once a pause and not once a key. */
	get settled(): string {
		return this.#settled;
	}

	/** What stands beside the text in the message being written, as in {@link Written}. */
	get parts(): readonly Part[] {
		return this.#parts;
	}

	set parts(parts: readonly Part[]) {
		this.typed?.leave();
		this.#parts = parts;
	}

	/** The whole message being written. */
	get written(): Written {
		return { text: this.#composer, parts: this.parts };
	}

	/** Whether nothing is written and nothing attached. */
	get isEmpty(): boolean {
		return saysNothing(this.written);
	}

	/** Writes a message anew. */
	write({ text, parts }: Written): void {
		this.composer = text;
		this.parts = parts;
		this.settle();
	}

	/** Results of tools being written, by the id of their call. */
	get results(): WrittenResults {
		return this.#results;
	}

	set results(results: WrittenResults) {
		this.#results = results;
		this.settle();
	}

	/** Takes up what was typed without waiting for a pause. */
	settle(): void {
		clearTimeout(this.#timer);
		this.#settled = this.#composer;
		this.settledResults = this.#results;
	}

	/** Changes the result of a call. What is built from it waits for a pause where only more text was typed. */
	setResult(id: string, result: WrittenResult): void {
		this.typed?.leave();
		const { [id]: before = { text: '' } } = this.#results;
		const isMore = !isBlank(before.text) && !isBlank(result.text) && before.text !== result.text;
		this.#results = { ...this.#results, [id]: result };
		clearTimeout(this.#timer);
		if (!isMore) this.settle();
		else this.#timer = setTimeout(() => this.settle(), pause);
	}

	/** Changes settings; undefined removes one. */
	change(change: { [K in keyof RequestSettings]?: RequestSettings[K] | undefined }): void {
		this.typed?.leave();
		const fields = Object.entries({ ...this.settings, ...change });
		this.settings = Object.fromEntries(
			fields.filter(([, value]) => value !== undefined)
		) as unknown as RequestSettings;
	}

	setParam(name: ParamName, value: Json | undefined): void {
		const { [name]: _, ...params } = this.settings.params;
		this.change({ params: value === undefined ? params : { ...params, [name]: value } });
	}

	setSystem(text: string): void {
		const { system } = this.settings;
		if (text === '') this.change({ system: undefined });
		else if (system === undefined) this.change({ system: newMessage('system', text) });
		else this.change({ system: { ...system, parts: replaceText(system.parts, text) } });
	}
}

/** Parts with `text` as their one text; parts of other kinds stay. */
export function replaceText(parts: readonly Part[], text: string): Part[] {
	const [first, ...others] = parts.filter((part) => part.type === 'text');
	if (first === undefined) return [{ type: 'text', text }, ...parts];
	return parts
		.filter((part) => !others.includes(part as typeof first))
		.map((part) => (part === first ? { ...first, text } : part));
}
