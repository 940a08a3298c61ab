/** What a pasted text is. Only the kinds that can be used carry a secret; none carries what was decoded from one. */
export type PastedKey =
	| { kind: 'empty' }
	| ({ kind: 'short-term'; secret: string } & ShortTermFacts)
	/** Well formed, but its upper bound has passed. */
	| ({ kind: 'expired' } & ShortTermFacts)
	| { kind: 'long-term'; secret: string }
	/** An IAM access key's id or its secret, and another vendor's key: no use here. */
	| { kind: 'access-key-id' | 'secret-access-key' | 'other-vendor' }
	| { kind: 'malformed' };

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
const starts = [
	new RegExp(`(?=${prefix})`),
	/AWS_BEARER_TOKEN_BEDROCK/i,
	/AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY)/i
];
const leading = new RegExp(`^[\\s=:\\\\${quotes}]+`);
// What closes a value, and all after it: the rest of a JSON line or of a command.
const closing = new RegExp(`[${quotes};,}\\])][^]*$`);
// A following line that assigns something else; a wrapped key has `=` only at its very end.
const nextAssignment = /[\r\n][^\r\n]*?=[^\S\r\n]*[^=\s][^]*$/;

/**
 * Reads what people paste for a key: unwraps shell, PowerShell and JSON assignments, `Bearer`, quotes, line breaks
 * and invisible characters, and says what is left. The secret of a short-term key comes out in the standard alphabet
 * with its padding. Never throws. `now` in epoch ms.
 */
export function readPastedKey(pasted: string, now: number): PastedKey {
	if (pasted.length > longestPaste) return { kind: 'malformed' };
	const text = unwrap(pasted);
	if (text === '') return { kind: 'empty' };
	if (!/^[\x21-\x7e]+$/.test(text)) return { kind: 'malformed' };
	if (text.startsWith(prefix)) return readShortTerm(text.slice(prefix.length), now);
	if (/^ABSK[\w+/-]{32,}={0,2}$/.test(text)) return { kind: 'long-term', secret: text };
	if (/^(AKIA|ASIA)[A-Z0-9]{8,}/.test(text)) return { kind: 'access-key-id' };
	if (/^(sk-|gsk_|xai-|AIza|hf_)/.test(text)) return { kind: 'other-vendor' };
	if (/^[A-Za-z0-9+/]{40}$/.test(text)) return { kind: 'secret-access-key' };
	return { kind: 'malformed' };
}

/** The value inside its wrapping, without white space. */
function unwrap(pasted: string): string {
	return (
		after(pasted.replace(invisible, ''))
			.replace(/^([^]*?\W)?bearer\s/i, '')
			.replace(leading, '')
			.replace(closing, '')
			.replace(nextAssignment, '')
			// Also a line continued with a backslash, and a line break as JSON writes it.
			.replace(/\\[nr]?|\s/g, '')
	);
}

/** From the key on, or else what follows the name of its variable; all of it where there is neither. */
function after(text: string): string {
	for (const start of starts) {
		const match = start.exec(text);
		if (match !== null) return text.slice(match.index + match[0].length);
	}
	return text;
}

function readShortTerm(encoded: string, now: number): PastedKey {
	const base64 = encoded.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
	if (!/^[A-Za-z0-9+/]+$/.test(base64) || base64.length % 4 === 1) return { kind: 'malformed' };
	const facts = readFacts(atob(base64));
	if (facts === undefined) return { kind: 'malformed' };
	if (facts.expiresAt <= now) return { kind: 'expired', ...facts };
	const padding = '='.repeat((4 - (base64.length % 4)) % 4);
	return { kind: 'short-term', secret: prefix + base64 + padding, ...facts };
}

/** Undefined where `signed`, the address that AWS would be asked with, is not that of a key. */
function readFacts(signed: string): ShortTermFacts | undefined {
	// Bytes beyond ASCII mean that something else was glued to the key.
	if (!/^[\x21-\x7e]+$/.test(signed)) return undefined;
	const text = signed.slice(signed.indexOf('?') + 1);
	const query = new URLSearchParams(text);
	const [id = '', , region = ''] = (query.get('X-Amz-Credential') ?? '').split('/');
	const issuedAt = readDate(query.get('X-Amz-Date') ?? '');
	const life = Number(/^\d{1,9}$/.exec(query.get('X-Amz-Expires') ?? '')?.[0] ?? 0);
	if (query.get('Action') !== 'CallWithBearerToken' || !isWhole(text, query)) return undefined;
	if (!/^\w{4,}$/.test(id) || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return undefined;
	if (Number.isNaN(issuedAt) || life < 1) return undefined;
	const expiresAt = issuedAt + Math.min(life, longestLife) * 1000;
	return { region, issuedAt, expiresAt, lastFour: id.slice(-4) };
}

/** Whether nothing is missing at the end, which holds the signature, what it covers and a version. */
function isWhole(text: string, query: URLSearchParams): boolean {
	return (
		/^[0-9a-f]{64}$/.test(query.get('X-Amz-Signature') ?? '') &&
		query.get('X-Amz-SignedHeaders') === 'host' &&
		text.split('&').every((pair) => /^[^=]+=./.test(pair))
	);
}

/** Epoch ms of `20261121T140300Z`; NaN for anything else. */
function readDate(text: string): number {
	const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
	return iso === text ? NaN : Date.parse(iso);
}
