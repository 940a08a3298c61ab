import { isJsonObject } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import { formsOf, MIN_RUN } from './secret-forms.ts';

const MASK = '[key]';
// A match begins with four characters in a row that stand so in a form of the secret.
const GRAM = 4;
// A text is looked at two characters at a time. A run of 16 holds seven whole pairs, wherever it begins.
const RUN_PAIRS = 7;
// So it holds four characters that begin at a multiple of twelve: only these are looked up.
const STEP_PAIRS = 6;
// Bits: far more than there are places in the forms, so that most texts meet none of them. 64 kB, which stays in a
// processor's cache.
const TABLE_SIZE = 1 << 19;
const BACKSLASH = 0x5c;
// Enough of the bytes before a chunk to see a part of a secret that the chunk goes on with, escaped for JSON twice too.
const TAIL = 112;
// Escaped letters at the end of a text, the last of them cut anywhere.
const openEscapes = /(?:\\+u00[2-7][0-9a-f])*(?:\\+(?:u(?:0(?:0(?:[2-7][0-9a-f]?)?)?)?)?)?$/i;
const latin1 = new TextDecoder('latin1');
const utf8 = new TextEncoder();
// Used again and again: a text of its own for each of thousands of deltas takes longer than to look through it.
const scratch = new Uint8Array(12_288);
/** Characters whose UTF-8 has room in it. */
const PIECE = 4096;

/**
 * Finds a secret, whole or in part, in whatever a service sends back, and takes it out: each run of at least 16
 * characters of one of its forms (see {@link formsOf}), in either case. It is kept only while the exchange goes on.
 */
export class Redactor {
	/** Whether the secret has been found in anything so far. */
	found = false;
	/** What its forms are made of; undefined once they are made. */
	#secret: string | undefined;
	/** All forms in lower case, one after another, apart by a character 0. */
	#forms = '';
	/** A bit for each hash of four characters: 1 where they may stand in a form. It alone tells most texts apart. */
	#table: Uint16Array = new Uint16Array();
	/** Characters of the longest form. */
	#longest = 0;
	/** Forms that are too short to be found by a run. */
	#short: string[] = [];
	/** The last bytes that were scanned, then room for the first of the next ones, twice as many. */
	readonly #seam = new Uint8Array(3 * TAIL);
	/** How many of the last bytes are in it. */
	#tail = 0;

	constructor(secret = '') {
		this.#secret = secret;
	}

	/**
	 * Makes the forms of the secret, unless they are made. It takes some milliseconds for a key of 2,000 characters. Whatever
	 * looks for the secret does it first where nobody has done it before.
	 */
	prepare(): void {
		if (this.#secret === undefined) return;
		const forms = formsOf(this.#secret);
		this.#secret = undefined;
		this.#short = forms.filter(({ length }) => length < MIN_RUN).map((form) => form.toLowerCase());
		this.#longest = forms.reduce((most, { length }) => Math.max(most, length), 0);
		const long = forms.filter(({ length }) => length >= MIN_RUN);
		this.#forms = long.join('\0').toLowerCase();
		this.#table = newTable(this.#forms);
	}

	/** Whether there is no secret to look for. */
	get isIdle(): boolean {
		this.prepare();
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
		if (!this.#hasRun(text)) return this.#hideShort(text);
		let shown = '';
		let from = 0;
		for (const [start, end] of this.#findRuns(bytesOf(text))) {
			shown += text.slice(from, start) + MASK;
			from = end;
		}
		return this.#hideShort(from === 0 ? text : shown + text.slice(from));
	}

	/** Whether a run is in a text. Its UTF-8 tells that soonest: no form has a character outside of ASCII. */
	#hasRun(text: string): boolean {
		// A run may stand where one piece ends, of which the next has the last characters too.
		for (let at = 0; at === 0 || at + MIN_RUN < text.length; at += PIECE - MIN_RUN) {
			if (this.#findRuns(encode(text.slice(at, at + PIECE))).length > 0) return true;
		}
		return false;
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
		if (
			text.length >= GRAM &&
			this.#mayHold(pairAt(text, text.length - GRAM), pairAt(text, text.length - GRAM + 2))
		) {
			// No run is longer than the form that it is of.
			const last = bytesOf(text.slice(-this.#longest));
			const [start, end] = this.#runAt(last, last.length - GRAM);
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

	/** Looks for the secret in the next bytes of a body, also where it began in those before. */
	scan(bytes: Uint8Array): boolean {
		if (this.isIdle || this.found) return this.found;
		this.#look(bytes);
		// What begins in the tail ends near the beginning: only that is copied, not all of the bytes.
		const seam = this.#seam;
		const near = bytes.subarray(0, seam.length - this.#tail);
		if (this.#tail > 0) {
			seam.set(near, this.#tail);
			this.#look(seam.subarray(0, this.#tail + near.length));
		}
		this.#keepTail(bytes);
		return this.found;
	}

	/** Moves the last bytes so far to the beginning of the seam. */
	#keepTail(bytes: Uint8Array): void {
		const seam = this.#seam;
		const kept = Math.max(0, Math.min(this.#tail, TAIL - bytes.length));
		seam.copyWithin(0, this.#tail - kept, this.#tail);
		const last = bytes.subarray(-TAIL);
		seam.set(last, kept);
		this.#tail = kept + last.length;
	}

	/** Sets `found` where the secret is in the bytes. */
	#look(bytes: Uint8Array): void {
		const isEscaped = holdsEscapedLetter(bytes);
		if (isEscaped || this.#short.length > 0) {
			const text = latin1.decode(bytes).toLowerCase();
			if (isEscaped) this.hide(text);
			if (this.#short.some((form) => text.includes(form))) this.found = true;
		}
		this.#findRuns(bytes);
	}

	/** The runs to hide, in order. */
	#findRuns(text: Uint8Array): [number, number][] {
		const runs: [number, number][] = [];
		const table = this.#table;
		// Pairs can only be read from an even address, so the first byte may be left out: the other fifteen of a run that begins
		// there hold seven pairs all the same.
		const first = text.byteOffset & 1;
		const pairs = pairsOf(text.subarray(first));
		// Every byte of an answer comes by here. Many do before V8 has compiled this loop, and then each object takes time.
		for (let i = 0; i + 1 < pairs.length; i += STEP_PAIRS) {
			// As `#mayHold`, without a call for each.
			const hash = hashOf(pairs[i] ?? 0, pairs[i + 1] ?? 0);
			if ((((table[hash >> 4] ?? 0) >> (hash & 15)) & 1) === 0) continue;
			if (!this.#mayBeOfRun(pairs, i)) continue;
			const at = first + 2 * i;
			const [start, end] = this.#runAt(text, at);
			if (end - start < MIN_RUN) continue;
			runs.push([start, end]);
			// On behind the end of the run.
			i += STEP_PAIRS * Math.floor((end - at) / (2 * STEP_PAIRS));
		}
		if (runs.length > 0) this.found = true;
		return runs;
	}

	/**
	 * Whether the four characters at pair `i`, which may stand in a form, may be part of a run: whether each four of so many
	 * pairs around them may too. To look into the forms takes a hundred times longer than to ask this.
	 */
	#mayBeOfRun(pairs: Uint16Array, i: number): boolean {
		let from = i;
		let to = i + 2;
		const least = Math.max(0, to - RUN_PAIRS);
		while (from > least && this.#mayHold(pairs[from - 1] ?? 0, pairs[from] ?? 0)) from--;
		const most = Math.min(pairs.length, from + RUN_PAIRS);
		while (to < most && this.#mayHold(pairs[to - 1] ?? 0, pairs[to] ?? 0)) to++;
		return to - from === RUN_PAIRS;
	}

	/** The longest run of any form that holds the four characters at `at`; an empty one where there is none. */
	#runAt(text: Uint8Array, at: number): [number, number] {
		let best: [number, number] = [at, at];
		const forms = this.#forms;
		const gram = latin1.decode(text.subarray(at, at + GRAM)).toLowerCase();
		for (let place = forms.indexOf(gram); place !== -1; place = forms.indexOf(gram, place + 1)) {
			let end = 0;
			while (at + end < text.length && isEqual(forms.charCodeAt(place + end), text[at + end]))
				end++;
			if (end < GRAM) continue;
			let start = 0;
			while (start < at && isEqual(forms.charCodeAt(place - start - 1), text[at - start - 1])) {
				start++;
			}
			if (start + end > best[1] - best[0]) best = [at - start, at + end];
		}
		return best;
	}

	/** Whether four characters, given as two pairs, may stand in a form. */
	#mayHold(first: number, second: number): boolean {
		const hash = hashOf(first, second);
		return (((this.#table[hash >> 4] ?? 0) >> (hash & 15)) & 1) === 1;
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
		return this.#show(open === 0 ? text : text.slice(0, text.length - open));
	}

	/** What was held back, at the end of the text. */
	end(): string {
		const held = this.#held;
		this.#held = '';
		return this.#show(held);
	}

	/** What comes next without the secret, of which the first characters may have been shown before it was one. */
	#show(text: string): string {
		const before = this.#shown;
		const hidden = this.#redactor.hide(before + text);
		let same = 0;
		while (same < before.length && hidden[same] === before[same]) same++;
		const shown = hidden.slice(same);
		this.#shown = (before.slice(0, same) + shown).slice(1 - GRAM);
		return shown;
	}
}

function unescapeLetters(text: string): string {
	return text.replace(/\\+u00([2-7][0-9a-f])/gi, (_, hex: string) =>
		String.fromCharCode(parseInt(hex, 16))
	);
}

/** Whether a character of a form, which is in lower case, is that of a text in either. */
function isEqual(form: number, code: number | undefined): boolean {
	return form !== 0 && code !== undefined && form === lower(code);
}

function lower(code: number): number {
	return code >= 65 && code <= 90 ? code + 32 : code;
}

/** Makes both cases of a letter the same in each character of a pair. */
const LOWER = 0x2020;

/**
 * A hash of four characters, given as two pairs, of 19 bits. Every number on the way has at most 30 bits: V8 makes an
 * object of each larger one until it has compiled the loop around.
 */
function hashOf(first: number, second: number): number {
	return (((first | LOWER) * 0x2f35) ^ ((second | LOWER) * 0x3a1d)) >> 11;
}

/** Characters two by two, from an even address on. */
function pairsOf({ buffer, byteOffset, length }: Uint8Array): Uint16Array {
	return new Uint16Array(buffer, byteOffset, length >> 1);
}

/** The same two characters of a text. All processors that browsers run on read the first byte of a pair as its lower one. */
function pairAt(text: string, at: number): number {
	return (text.charCodeAt(at) & 255) | ((text.charCodeAt(at + 1) & 255) << 8);
}

/** The bits of all forms; none where there are no forms. */
function newTable(forms: string): Uint16Array {
	const table = new Uint16Array(forms.length > 0 ? TABLE_SIZE / 16 : 0);
	// In pieces, because memory that is new to the page takes longer than all the rest of it.
	for (let at = 0; at < forms.length; at += PIECE - GRAM + 1) {
		const bytes = encode(forms.slice(at, at + PIECE));
		// Pairs begin at even addresses: once as the forms stand, once moved on by one.
		for (let shift = 0; shift < 2; shift++) {
			const pairs = pairsOf(bytes.copyWithin(0, shift));
			for (let i = 0; i + 1 < pairs.length; i++) {
				const hash = hashOf(pairs[i] ?? 0, pairs[i + 1] ?? 0);
				table[hash >> 4] = (table[hash >> 4] ?? 0) | (1 << (hash & 15));
			}
		}
	}
	return table;
}

/** The characters of a text; what is no ASCII, which no form holds, is one and the same. */
function bytesOf(text: string): Uint8Array {
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) bytes[i] = Math.min(text.charCodeAt(i), 255);
	return bytes;
}

/** The UTF-8 of a piece of text, until the next call. */
function encode(piece: string): Uint8Array {
	return scratch.subarray(0, utf8.encodeInto(piece, scratch).written);
}

/** Whether it escapes a letter for JSON, which may hide the secret. */
function holdsEscapedLetter(text: Uint8Array): boolean {
	for (let at = text.indexOf(BACKSLASH); at !== -1; at = text.indexOf(BACKSLASH, at + 1)) {
		if (((text[at + 1] ?? 0) | 0x20) === 0x75 && text[at + 2] === 0x30 && text[at + 3] === 0x30) {
			return true;
		}
	}
	return false;
}

function indexOf(text: string, form: string, from = 0): number {
	return text.toLowerCase().indexOf(form, from);
}
