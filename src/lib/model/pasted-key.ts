import { accountOf } from './account.ts';

/** What a pasted text is. Only the kinds that can be used carry a secret; none carries what was decoded from one. */
export type PastedKey =
	| { kind: 'empty' }
	| ({ kind: 'short-term'; secret: string } & ShortTermFacts)
	/** Well formed, but its upper bound has passed. */
	| ({ kind: 'expired' } & ShortTermFacts)
	| { kind: 'long-term'; secret: string }
	/** Several keys that are not the same: which one is meant is not ours to guess. */
	| { kind: 'two-keys' }
	/** An IAM access key's id or its secret, and another vendor's key: no use here. */
	| { kind: 'access-key-id' | 'secret-access-key' | 'other-vendor' }
	/** Part of a key, as far as one can tell: its end or its beginning is missing. */
	| { kind: 'malformed' }
	/** A key from beginning to end, but with something in it that no key holds. */
	| { kind: 'garbled' }
	| { kind: 'not-a-key' };

/** What a short-term key says about itself. */
export interface ShortTermFacts {
	/** The only Region that takes it. */
	region: string;
	/** Epoch ms; may lie in the future of a clock that is slow. */
	issuedAt: number;
	/** Epoch ms; an upper bound: the session that made the key may end earlier. */
	expiresAt: number;
	/** Last four characters of the access key id. */
	lastFour: string;
	/** Number of the account; absent where the access key id does not tell. */
	account?: string;
}

const prefix = 'bedrock-api-key-';
/** Characters; a key with a long session token has about 3,000. */
const longestPaste = 65_536;
/** Seconds; what AWS allows at most. */
const longestLife = 43_200;

// Zero-width, soft hyphen, marks of direction, byte order mark: they come along from web pages and chats.
// An alternation because the joiners among them may not stand in a class.
const invisible = /\u00ad|\u034f|\u061c|[\u200b-\u200f\u202a-\u202e\u2060-\u206f]|\ufeff/g;
const quotes = '"\'`\u00b4\u00ab\u00bb\u2018-\u201f\u2039\u203a\uff02\uff07';
/** Where a key begins. `ABSK` stands inside of base64 too. */
const keyStart = new RegExp(`(?=${prefix})|(?<![\\w+/-])(?=ABSK[\\w+/-]{24})`);
const starts = [/AWS_BEARER_TOKEN_BEDROCK/i, /AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY)/i];
const leading = new RegExp(`^[\\s=:\\\\${quotes}]+`);
// What closes a value, and all after it: the rest of a JSON line or of a command, a comment, another command.
const closing = new RegExp(`[${quotes};,}\\])&|<>#][^]*$`);
// White space, a backslash that continues a line, and a line break as JSON writes it.
const breaks = /(?:\\[nr]?|\s)+/g;
/** Breaks and characters of one key; a long one, wrapped into short lines, has about 100 and 4,000. */
const mostBreaks = 200;
const longestKey = 12_000;
// A following line that assigns something else; a wrapped key has `=` only at its very end.
const nextAssignment = /[\r\n][^\r\n]*?=[^\S\r\n]*[^=\s][^]*$/;

/**
 * Reads what people paste for a key: unwraps shell, PowerShell, YAML and JSON assignments, commands, `Bearer`, quotes,
 * line breaks and invisible characters, and says what is left. The secret of a short-term key comes out in the standard
 * alphabet with its padding. Never throws. `now` in epoch ms.
 */
export function readPastedKey(pasted: string, now: number): PastedKey {
	if (pasted.length > longestPaste) return { kind: 'not-a-key' };
	const text = pasted.replace(invisible, '');
	const pieces = text.split(keyStart).filter((piece) => keyStart.test(piece.slice(0, 64)));
	const [first, ...others] = pieces.map((piece) => readPiece(piece, now));
	if (first === undefined) return readOther(unwrap(text));
	const keys = [first, ...others].filter(isWhole);
	const distinct = new Set(keys.map((key) => JSON.stringify(key)));
	return distinct.size > 1 ? { kind: 'two-keys' } : (keys[0] ?? first);
}

function isWhole({ kind }: PastedKey): boolean {
	return kind === 'short-term' || kind === 'long-term' || kind === 'expired';
}

/**
 * Reads a text that begins with a key. White space in it either wraps the key or ends it, so the longest run of words
 * that makes a key is taken.
 */
function readPiece(piece: string, now: number): PastedKey {
	const words = piece.slice(0, longestKey).replace(closing, '').split(breaks, mostBreaks);
	for (let count = words.length; count > 0; count--) {
		const found = readKey(words.slice(0, count).join(''), now);
		if (isWhole(found)) return found;
	}
	return readKey(words.join(''), now);
}

function readKey(text: string, now: number): PastedKey {
	if (/[^\w+/=-]/.test(text)) return { kind: 'garbled' };
	return text.startsWith(prefix)
		? readShortTerm(text.slice(prefix.length), now)
		: readLongTerm(text);
}

/** What a text without a key is. */
function readOther(text: string): PastedKey {
	if (text === '') return { kind: 'empty' };
	if (/^(AKIA|ASIA)[A-Z0-9]{8,}/.test(text)) return { kind: 'access-key-id' };
	if (/^(sk-|gsk_|xai-|AIza|hf_)/.test(text)) return { kind: 'other-vendor' };
	if (/^[A-Za-z0-9+/]{40}$/.test(text)) return { kind: 'secret-access-key' };
	const isBeginning = prefix.startsWith(text) || 'ABSK'.startsWith(text) || text.startsWith('ABSK');
	// A long run of base64 can be a key without its beginning.
	const isEnd = /^[\w+/-]{100,}={0,2}$/.test(text);
	if (isBeginning && /[^\w+/=-]/.test(text)) return { kind: 'garbled' };
	return { kind: isBeginning || isEnd ? 'malformed' : 'not-a-key' };
}

/** The value inside its wrapping, without white space. */
function unwrap(text: string): string {
	return after(text)
		.replace(/^([^]*?\W)?bearer\s/i, '')
		.replace(leading, '')
		.replace(closing, '')
		.replace(nextAssignment, '')
		.replace(breaks, '');
}

/** What follows the name of a key's variable; all of it where there is none. */
function after(text: string): string {
	for (const start of starts) {
		const match = start.exec(text);
		if (match !== null) return text.slice(match.index + match[0].length);
	}
	return text;
}

function readLongTerm(text: string): PastedKey {
	if (!/^ABSK[\w+/-]{32,}={0,2}$/.test(text)) {
		return { kind: text.replace(/=+$/, '').includes('=') ? 'garbled' : 'malformed' };
	}
	return isAscii(decode(text.slice(4)))
		? { kind: 'long-term', secret: text }
		: { kind: 'malformed' };
}

function isAscii(text: string): boolean {
	return /^[\x21-\x7e]+$/.test(text);
}

/** The text that base64 of either alphabet stands for, without a last group that is cut; '' for what is no base64. */
function decode(encoded: string): string {
	const base64 = encoded.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
	if (!/^[A-Za-z0-9+/]+$/.test(base64)) return '';
	return atob(base64.length % 4 === 1 ? base64.slice(0, -1) : base64);
}

function readShortTerm(encoded: string, now: number): PastedKey {
	const base64 = encoded.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
	const signed = decode(base64);
	const facts = base64.length % 4 === 1 ? undefined : readFacts(signed);
	// A key ends with its version, so one that has it is not cut.
	if (facts === undefined) {
		const hasEnd = /&Version=\d/.test(signed) || base64.includes('=');
		return { kind: hasEnd ? 'garbled' : 'malformed' };
	}
	if (facts.expiresAt <= now) return { kind: 'expired', ...facts };
	const padding = '='.repeat((4 - (base64.length % 4)) % 4);
	return { kind: 'short-term', secret: prefix + base64 + padding, ...facts };
}

/** Undefined where `signed`, the address that AWS would be asked with, is not that of a key. */
function readFacts(signed: string): ShortTermFacts | undefined {
	// Bytes beyond ASCII mean that something else was glued to the key.
	if (!isAscii(signed)) return undefined;
	const text = signed.slice(signed.indexOf('?') + 1);
	const query = new URLSearchParams(text);
	const [id = '', , region = ''] = (query.get('X-Amz-Credential') ?? '').split('/');
	const issuedAt = readDate(query.get('X-Amz-Date') ?? '');
	const life = Number(/^\d{1,9}$/.exec(query.get('X-Amz-Expires') ?? '')?.[0] ?? 0);
	if (query.get('Action') !== 'CallWithBearerToken' || !isSigned(text, query)) return undefined;
	if (!/^\w{4,}$/.test(id) || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return undefined;
	if (Number.isNaN(issuedAt) || life < 1) return undefined;
	const expiresAt = issuedAt + Math.min(life, longestLife) * 1000;
	const account = accountOf(id);
	const facts = { region, issuedAt, expiresAt, lastFour: id.slice(-4) };
	return { ...facts, ...(account !== undefined && { account }) };
}

/** Whether nothing is missing at the end, which holds the signature, what it covers and a version. */
function isSigned(text: string, query: URLSearchParams): boolean {
	return (
		/^[0-9a-f]{64}$/.test(query.get('X-Amz-Signature') ?? '') &&
		query.get('X-Amz-SignedHeaders') === 'host' &&
		/^\d+$/.test(query.get('Version') ?? '1') &&
		text.split('&').every((pair) => /^[^=]+=./.test(pair))
	);
}

/** Epoch ms of `20261121T140300Z`; NaN for anything else. */
function readDate(text: string): number {
	const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
	return iso === text ? NaN : Date.parse(iso);
}
