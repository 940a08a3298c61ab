// A text this short is no key: looking for it would hide ordinary words.
const MIN_SECRET = 8;
// Shorter parts of a payload, such as `host` or `43200`, are no secrets.
const MIN_PART = 16;
const latin1 = new TextDecoder('latin1');
const utf8 = new TextEncoder();
const digits = '0123456789abcdef';

/** So many characters of a form in a row are no accident. A shorter form is found only whole. */
export const MIN_RUN = 16;

/**
 * The forms in which a secret may come back: itself, its payload without the prefix that all keys share, what that says
 * when it is decoded (access key id, signature, session token), and each of them in base64, in hexadecimal, and escaped
 * for a URL or (but for escaped letters, which the redactor reads) for JSON.
 */
export function formsOf(secret: string): string[] {
	if (secret.length < MIN_SECRET) return [];
	const payload = secret.replace(/^(bedrock-api-key-|ABSK)/, '') || secret;
	const decoded = decode(payload);
	const parts = decoded === undefined ? [] : partsOf(decoded);
	const plain = [payload, ...parts, ...parts.map(unescapeUrl)];
	const coded = [secret, ...parts].flatMap(codedForms);
	return [...new Set([...plain, ...plain.flatMap(escapedForms), ...coded])];
}

/** The secrets in a decoded payload: the values of a presigned address, or what stands after a long-term key's name. */
function partsOf(decoded: string): string[] {
	const query = [...decoded.matchAll(/X-Amz-(?:Credential|Security-Token|Signature)=([^&]*)/gi)];
	const values = query.map(([all, value = '']) =>
		// Only the id at its beginning is secret. A token in base64 holds slashes of its own.
		/^X-Amz-Cred/i.test(all) ? (value.split(/%2F|\//i, 1)[0] ?? '') : value
	);
	const named = /^[^\s:]+:(\S+)$/.exec(decoded)?.[1];
	const all = [...values, ...(named !== undefined && query.length === 0 ? [named] : [])];
	return [...new Set(all)].filter(({ length }) => length >= MIN_PART);
}

function decode(payload: string): string | undefined {
	try {
		return atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
	} catch {
		// A gateway's key is no base64.
		return undefined;
	}
}

function unescapeUrl(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		// What is no escape stands for itself.
		return text;
	}
}

/** Without padding: what stands before it is found all the same. None where nothing else of the form is escaped. */
function escapedForms(form: string): string[] {
	const body = form.length < MIN_RUN ? form : form.replace(/=+$/, '');
	if (!/[^\w.-]/.test(body)) return [];
	const url = encodeURIComponent(body);
	return [
		url,
		encodeURIComponent(url),
		body.replaceAll('/', '\\/'),
		body.replaceAll('/', '\\\\/'),
		body.replace(/[+/=]/g, escapeForJson)
	];
}

function escapeForJson(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** In hexadecimal, and in base64 wherever it begins in what is encoded. */
function codedForms(form: string): string[] {
	const base64 = [0, 1, 2].map((shift) => {
		const text = btoa('x'.repeat(shift) + form);
		// Only what no neighbour changes.
		return text.slice(shift === 0 ? 0 : 4).replace(/.?=*$/, '');
	});
	return [
		hexOf(form),
		...base64,
		...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
	];
}

/** In hexadecimal, two digits a character. */
function hexOf(form: string): string {
	const bytes = new Uint8Array(form.length);
	// The UTF-8 of a text that is not all ASCII is longer than the text and does not fit: then a character is a byte, as in
	// Latin-1.
	if (utf8.encodeInto(form, bytes).read < form.length)
		for (let at = 0; at < form.length; at++) bytes[at] = form.charCodeAt(at);
	// Newer browsers write it themselves, in less time than this page.
	return typeof bytes.toHex === 'function' ? bytes.toHex() : writeHex(bytes);
}

/** Text that grows digit by digit takes ten times as long in a page. */
function writeHex(bytes: Uint8Array): string {
	const hex = new Uint8Array(2 * bytes.length);
	for (const [at, byte] of bytes.entries()) {
		hex[2 * at] = digits.charCodeAt(byte >> 4);
		hex[2 * at + 1] = digits.charCodeAt(byte & 15);
	}
	return latin1.decode(hex);
}
