import { isJsonObject } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import { formsOf } from './secret-forms.ts';

const MASK = '[key]';
// A match begins with four characters in a row that stand so in a form of the secret.
const GRAM = 4;
// So many in a row are no accident. A shorter form is found only whole.
const MIN_RUN = 16;
// A run of 16 holds eight characters that begin at a multiple of eight, wherever it begins.
const BLOCK = 8;
// Far more than there are places in the forms, so that most texts meet none of them.
const TABLE_SIZE = 1 << 17;
// Bits; 64 kB, which stays in a processor's cache.
const BLOCK_TABLE_SIZE = 1 << 19;
const escapedLetter = Array.from('\\u00', (char) => char.charCodeAt(0));
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
	/** A bit for each hash of eight characters: 1 where they may stand in a form. It alone tells most texts apart. */
	readonly #blocks: Int32Array;
	/** Forms that are too short to be found by a run. */
	readonly #short: string[];

	constructor(secret = '') {
		const forms = formsOf(secret);
		this.#short = forms.filter(({ length }) => length < MIN_RUN);
		const long = forms.filter(({ length }) => length >= MIN_RUN).join('\0');
		this.#forms = new TextEncoder().encode(long);
		this.#heads = new Int32Array(this.#forms.length > 0 ? TABLE_SIZE : 0).fill(-1);
		this.#next = new Int32Array(this.#forms.length);
		this.#blocks = new Int32Array(this.#forms.length > 0 ? BLOCK_TABLE_SIZE / 32 : 0);
		for (let at = 0; at + GRAM <= this.#forms.length; at++) {
			const hash = hashOf(this.#forms, at, GRAM) & (TABLE_SIZE - 1);
			this.#next[at] = this.#heads[hash] ?? -1;
			this.#heads[hash] = at;
			if (at + BLOCK <= this.#forms.length) {
				const block = hashOf(this.#forms, at, BLOCK) & (BLOCK_TABLE_SIZE - 1);
				this.#blocks[block >> 5] = (this.#blocks[block >> 5] ?? 0) | (1 << (block & 31));
			}
		}
	}

	/** Whether there is a secret to look for. */
	get isIdle(): boolean {
		return this.#forms.length === 0 && this.#short.length === 0;
	}

	/** The text without the secret. One that hides it by escaping letters is given without these escapes. */
	hide(text: string): string {
		if (this.isIdle || (text.length < MIN_RUN && this.#short.length === 0)) return text;
		if (!text.includes('\\u00')) return this.#hidePlain(text);
		const plain = unescapeLetters(text);
		const shown = this.#hidePlain(plain);
		return shown === plain ? this.#hidePlain(text) : shown;
	}

	#hidePlain(text: string): string {
		let shown = '';
		let from = 0;
		for (const [start, end] of this.#findRuns(lowered(text))) {
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
		// Most ends are in no form: known without a look at the whole text.
		if (text.length >= GRAM && this.#headOf(lowered(text.slice(-GRAM)), 0) !== -1) {
			const [start, end] = this.#runAt(lowered(text), text.length - GRAM);
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
		const all = loweredBytes(tail, bytes);
		const isEscaped = holdsEscapedLetter(all);
		if (isEscaped || this.#short.length > 0) {
			const text = latin1.decode(all);
			if (isEscaped) this.hide(text);
			if (this.#short.some((form) => text.includes(form))) this.found = true;
		}
		if (this.#findRuns(all).length > 0) this.found = true;
		return this.found;
	}

	/** The runs to hide in lower-case text, in order. */
	#findRuns(text: Uint8Array): [number, number][] {
		const runs: [number, number][] = [];
		const blocks = this.#blocks;
		for (let at = 0; at + BLOCK <= text.length; at += BLOCK) {
			const block = hashOf(text, at, BLOCK) & (BLOCK_TABLE_SIZE - 1);
			if ((((blocks[block >> 5] ?? 0) >> (block & 31)) & 1) === 0) continue;
			const [start, end] = this.#runAt(text, at);
			if (end - start < MIN_RUN) continue;
			runs.push([start, end]);
			at = end - (end % BLOCK);
		}
		if (runs.length > 0) this.found = true;
		return runs;
	}

	/** The longest run of any form that holds the four characters at `at`; an empty one where there is none. */
	#runAt(text: Uint8Array, at: number): [number, number] {
		let best: [number, number] = [at, at];
		const forms = this.#forms;
		for (let form = this.#headOf(text, at); form !== -1; form = this.#next[form] ?? -1) {
			let end = 0;
			while (at + end < text.length && isEqual(forms[form + end], text[at + end])) end++;
			if (end < GRAM) continue;
			let start = 0;
			while (start < at && isEqual(forms[form - start - 1], text[at - start - 1])) start++;
			if (start + end > best[1] - best[0]) best = [at - start, at + end];
		}
		return best;
	}

	/** Where the four characters at `at` may stand in the forms: the last place of a list; -1 where nowhere. */
	#headOf(text: Uint8Array, at: number): number {
		return this.#heads[hashOf(text, at, GRAM) & (TABLE_SIZE - 1)] ?? -1;
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

function isEqual(form: number | undefined, code: number | undefined): boolean {
	return form === code && code !== 0;
}

/** A hash of `length` characters at `at`. */
function hashOf(text: Uint8Array, at: number, length: number): number {
	let hash = 0;
	for (let i = at; i < at + length; i++) hash = Math.imul(hash ^ (text[i] ?? 0), 0x01000193);
	return hash ^ (hash >>> 15);
}

/** A character in lower case as a byte; what is no ASCII, which no form holds, is one and the same. */
function lower(code: number): number {
	if (code > 127) return 255;
	return code >= 65 && code <= 90 ? code + 32 : code;
}

function lowered(text: string): Uint8Array {
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) bytes[i] = lower(text.charCodeAt(i));
	return bytes;
}

function loweredBytes(first: Uint8Array, second: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(first.length + second.length);
	bytes.set(first);
	bytes.set(second, first.length);
	for (let i = 0; i < bytes.length; i++) bytes[i] = lower(bytes[i] ?? 0);
	return bytes;
}

/** Whether it escapes a letter for JSON, which may hide the secret. */
function holdsEscapedLetter(text: Uint8Array): boolean {
	const [backslash = 0] = escapedLetter;
	for (let at = text.indexOf(backslash); at !== -1; at = text.indexOf(backslash, at + 1)) {
		if (escapedLetter.every((code, i) => text[at + i] === code)) return true;
	}
	return false;
}

function indexOf(text: string, form: string, from = 0): number {
	return text.toLowerCase().indexOf(form, from);
}
