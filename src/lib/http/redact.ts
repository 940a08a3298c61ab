import { isJsonObject } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import { formsOf } from './secret-forms.ts';

const MASK = '[key]';
// A match begins with four characters in a row that stand so in a form of the secret.
const GRAM = 4;
// So many in a row are no accident. A shorter form is found only whole.
const MIN_RUN = 16;
// Far more than there are places in the forms, so that most texts meet none of them.
const TABLE_SIZE = 1 << 17;
const BACKSLASH = 0x5c;
// Escaped letters at the end of a text, the last of them cut anywhere.
const openEscapes = /(?:\\+u00[2-7][0-9a-f])*(?:\\+(?:u(?:0(?:0(?:[2-7][0-9a-f]?)?)?)?)?)?$/i;
const latin1 = new TextDecoder('latin1');

/**
 * Finds a secret, whole or in part, in whatever a service sends back, and takes it out: each run of at least 16
 * characters of one of its forms (see {@link formsOf}), in either case. It is kept only while the exchange goes on.
 */
export class Redactor {
	/** Whether the secret has been found in anything so far. */
	found = false;
	/** All forms in lower case, one after another, apart by a byte 0. */
	readonly #forms: Uint8Array;
	/** Hash of four characters → where they stand in the forms, the last first; -1 where nowhere. */
	readonly #heads: Int32Array;
	readonly #next: Int32Array;
	/** Forms that are too short to be found by a run. */
	readonly #short: string[];

	constructor(secret = '') {
		const forms = formsOf(secret);
		this.#short = forms.filter(({ length }) => length < MIN_RUN);
		const long = forms.filter(({ length }) => length >= MIN_RUN).join('\0');
		this.#forms = new TextEncoder().encode(long);
		this.#heads = new Int32Array(this.#forms.length > 0 ? TABLE_SIZE : 0).fill(-1);
		this.#next = new Int32Array(this.#forms.length);
		for (let at = 0; at + GRAM <= this.#forms.length; at++) {
			const hash = this.#hashAt((i) => this.#forms[i] ?? 0, at);
			this.#next[at] = this.#heads[hash] ?? -1;
			this.#heads[hash] = at;
		}
	}

	/** Whether there is a secret to look for. */
	get isIdle(): boolean {
		return this.#forms.length === 0 && this.#short.length === 0;
	}

	/** The text without the secret. One that hides it by escaping letters is given without these escapes. */
	hide(text: string): string {
		if (this.isIdle) return text;
		if (!text.includes('\\u00')) return this.#hidePlain(text);
		const plain = unescapeLetters(text);
		const shown = this.#hidePlain(plain);
		return shown === plain ? this.#hidePlain(text) : shown;
	}

	#hidePlain(text: string): string {
		let shown = '';
		let from = 0;
		for (const [start, end] of this.#findRuns(text)) {
			shown += text.slice(from, start) + MASK;
			from = end;
		}
		return this.#hideShort(from === 0 ? text : shown + text.slice(from));
	}

	/** A JSON value without the secret, in its texts and in the names of its fields. */
	hideJson<T extends Json>(value: T): T;
	hideJson(value: Json): Json {
		if (this.isIdle) return value;
		if (typeof value === 'string') return this.hide(value);
		if (Array.isArray(value)) return value.map((item) => this.hideJson(item));
		if (!isJsonObject(value)) return value;
		return Object.fromEntries(
			Object.entries(value).map(([key, item]) => [this.hide(key), this.hideJson(item)])
		);
	}

	/** How many characters at the end of `text` may be the beginning of something to hide. */
	openEnd(text: string): number {
		if (this.isIdle || text === '') return 0;
		let open = 0;
		if (text.length >= GRAM) {
			const codeAt = (i: number) => lower(text.charCodeAt(i));
			const [start, end] = this.#runAt(codeAt, text.length - GRAM, text.length);
			open = end - start;
		}
		if (text.includes('\\')) open = Math.max(open, openEscapes.exec(text)?.[0].length ?? 0);
		const tail = text.slice(-MIN_RUN).toLowerCase();
		for (const form of this.#short) {
			for (let length = Math.min(form.length - 1, tail.length); length > open; length--) {
				if (tail.endsWith(form.slice(0, length))) open = length;
			}
		}
		return open;
	}

	/** Looks for the secret in bytes that follow `tail`, the last ones before them. */
	scan(bytes: Uint8Array, tail: Uint8Array = new Uint8Array()): boolean {
		if (this.isIdle || this.found) return this.found;
		const codeAt = (i: number) => lower((i < tail.length ? tail[i] : bytes[i - tail.length]) ?? 0);
		const length = tail.length + bytes.length;
		// A text that escapes each letter of it for JSON.
		if (bytes.includes(BACKSLASH)) {
			this.hide(latin1.decode(Uint8Array.from({ length }, (_, i) => codeAt(i))));
		}
		if (!this.#runs(codeAt, length).next().done) this.found = true;
		else if (this.#short.length > 0) {
			const text = latin1.decode(Uint8Array.from({ length }, (_, i) => codeAt(i)));
			if (this.#short.some((form) => text.includes(form))) this.found = true;
		}
		return this.found;
	}

	#findRuns(text: string): [number, number][] {
		const runs = [...this.#runs((i) => lower(text.charCodeAt(i)), text.length)];
		if (runs.length > 0) this.found = true;
		return runs;
	}

	/** The runs to hide among `length` characters, in order. */
	*#runs(codeAt: (i: number) => number, length: number): Generator<[number, number]> {
		// A run of 16 holds one of these places, whole, wherever it begins.
		for (let at = 0; at + GRAM <= length; at += GRAM) {
			const [start, end] = this.#runAt(codeAt, at, length);
			if (end - start < MIN_RUN) continue;
			yield [start, end];
			at = end - (end % GRAM);
		}
	}

	/** The longest run of any form that holds the four characters at `at`; an empty one where there is none. */
	#runAt(codeAt: (i: number) => number, at: number, length: number): [number, number] {
		let best: [number, number] = [at, at];
		const forms = this.#forms;
		let form = this.#heads[this.#hashAt(codeAt, at)] ?? -1;
		for (; form !== -1; form = this.#next[form] ?? -1) {
			let end = 0;
			while (at + end < length && isEqual(forms[form + end], codeAt(at + end))) end++;
			if (end < GRAM) continue;
			let start = 0;
			while (start < at && isEqual(forms[form - start - 1], codeAt(at - start - 1))) start++;
			if (start + end > best[1] - best[0]) best = [at - start, at + end];
		}
		return best;
	}

	#hashAt(codeAt: (i: number) => number, at: number): number {
		let hash = 0;
		for (let i = 0; i < GRAM; i++) hash = Math.imul(hash, 0x01000193) ^ codeAt(at + i);
		return (hash ^ (hash >>> 13)) & (TABLE_SIZE - 1);
	}

	#hideShort(text: string): string {
		let shown = text;
		for (const form of this.#short) {
			for (let at = indexOf(shown, form); at !== -1; at = indexOf(shown, form, at + MASK.length)) {
				this.found = true;
				shown = shown.slice(0, at) + MASK + shown.slice(at + form.length);
			}
		}
		return shown;
	}
}

/** Takes the secret out of a text that comes in pieces, whose end it holds back while that may be a part of it. */
export class RedactedText {
	readonly #redactor: Redactor;
	#held = '';
	/** The last characters that were shown, in which a run may have begun. */
	#shown = '';

	constructor(redactor: Redactor) {
		this.#redactor = redactor;
	}

	/** What can be shown now. */
	add(delta: string): string {
		const text = this.#held + delta;
		const open = Math.min(this.#redactor.openEnd(this.#shown + text), text.length);
		this.#held = open === 0 ? '' : text.slice(text.length - open);
		const shown = this.#redactor.hide(open === 0 ? text : text.slice(0, text.length - open));
		this.#shown = (this.#shown + shown).slice(1 - GRAM);
		return shown;
	}

	/** What was held back, at the end of the text. */
	end(): string {
		const held = this.#held;
		this.#held = '';
		return this.#redactor.hide(held);
	}
}

function unescapeLetters(text: string): string {
	return text.replace(/\\+u00([2-7][0-9a-f])/gi, (_, hex: string) =>
		String.fromCharCode(parseInt(hex, 16))
	);
}

function isEqual(form: number | undefined, code: number): boolean {
	return form === code && code !== 0;
}

function lower(code: number): number {
	return code >= 65 && code <= 90 ? code + 32 : code;
}

function indexOf(text: string, form: string, from = 0): number {
	return text.toLowerCase().indexOf(form, from);
}
