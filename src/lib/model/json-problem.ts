/** Where a text stops being JSON. */
export interface JsonProblem {
	/** Offset of the first character that cannot stand there; the text's length where it ends too early. */
	at: number;
	/** Both from 1; a column counts UTF-16 units, as editors do. */
	line: number;
	column: number;
}

/** Why a body that somebody types can't be sent. */
export type BodyProblem =
	| ({ code: 'not-json' } & JsonProblem)
	| { code: 'not-an-object' }
	| { code: 'too-deep' };

/**
 * Where a text stops being JSON; undefined where it is JSON. Engines say it in words of their own, and some not at all.
 * Not by recursion: a text can be nested deeper than the stack.
 */
export function findJsonProblem(text: string): JsonProblem | undefined {
	const at = walk(text);
	if (at === undefined) return undefined;
	const before = text.slice(0, at);
	const line = before.split('\n').length;
	return { at, line, column: at - before.lastIndexOf('\n') };
}

/** Where a piece ends, or where it goes wrong. */
type End = { end: number } | { wrong: number };

/** Goes through a text value by value. Gives where it goes wrong. */
function walk(text: string): number | undefined {
	const open: string[] = [];
	let at = skipSpace(text, 0);
	for (;;) {
		const opener = text[at];
		if (opener === '{' || opener === '[') {
			at = skipSpace(text, at + 1);
			if (text[at] === closerOf(opener)) at += 1;
			else {
				open.push(opener);
				const start = startOfValue(text, at, opener);
				if ('wrong' in start) return start.wrong;
				at = start.end;
				continue;
			}
		} else {
			const scalar = endOfScalar(text, at);
			if ('wrong' in scalar) return scalar.wrong;
			at = scalar.end;
		}
		const next = afterValue(text, at, open);
		if (next === undefined) return undefined;
		if ('wrong' in next) return next.wrong;
		at = next.end;
	}
}

/** Where the value after one that ends at `at` begins; undefined where the text has ended as it should. */
function afterValue(text: string, at: number, open: string[]): End | undefined {
	for (;;) {
		at = skipSpace(text, at);
		const inside = open.at(-1);
		if (inside === undefined) return at === text.length ? undefined : { wrong: at };
		if (text[at] === ',') return startOfValue(text, skipSpace(text, at + 1), inside);
		if (text[at] !== closerOf(inside)) return { wrong: at };
		open.pop();
		at += 1;
	}
}

/** In an object a value begins after its key and a colon. */
function startOfValue(text: string, at: number, inside: string): End {
	if (inside === '[') return { end: at };
	if (text[at] !== '"') return { wrong: at };
	const key = endOfString(text, at);
	if ('wrong' in key) return key;
	const colon = skipSpace(text, key.end);
	return text[colon] === ':' ? { end: skipSpace(text, colon + 1) } : { wrong: colon };
}

function endOfScalar(text: string, at: number): End {
	if (text[at] === '"') return endOfString(text, at);
	const word = ['true', 'false', 'null'].find((one) => one[0] === text[at]);
	if (word === undefined) return endOfNumber(text, at);
	for (let i = 0; i < word.length; i++) if (text[at + i] !== word[i]) return { wrong: at + i };
	return { end: at + word.length };
}

function endOfString(text: string, open: number): End {
	for (let at = open + 1; at < text.length; at++) {
		const character = text[at] ?? '';
		if (character === '"') return { end: at + 1 };
		if (character < ' ') return { wrong: at };
		if (character !== '\\') continue;
		at += 1;
		if (text[at] === 'u') {
			for (const end = at + 4; at < end; at++) {
				if (!/[0-9a-fA-F]/.test(text[at + 1] ?? '')) return { wrong: at + 1 };
			}
		} else if (!/["\\/bfnrt]/.test(text[at] ?? '')) return { wrong: at };
	}
	return { wrong: text.length };
}

function endOfNumber(text: string, start: number): End {
	let at = text[start] === '-' ? start + 1 : start;
	const digits = (): boolean => {
		const from = at;
		while (isDigit(text[at])) at++;
		return at > from;
	};
	if (text[at] === '0') at += 1;
	else if (!digits()) return { wrong: at };
	if (text[at] === '.') {
		at += 1;
		if (!digits()) return { wrong: at };
	}
	if (text[at] === 'e' || text[at] === 'E') {
		at += text[at + 1] === '+' || text[at + 1] === '-' ? 2 : 1;
		if (!digits()) return { wrong: at };
	}
	return { end: at };
}

function isDigit(character = ''): boolean {
	return character >= '0' && character <= '9';
}

function closerOf(opener: string): string {
	return opener === '{' ? '}' : ']';
}

function skipSpace(text: string, at: number): number {
	while (/[ \t\n\r]/.test(text[at] ?? '')) at++;
	return at;
}
