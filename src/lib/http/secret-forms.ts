// A text this short is no key: looking for it would hide ordinary words.
const MIN_SECRET = 8;
// Shorter parts of a payload, such as `host` or `43200`, are no secrets.
const MIN_PART = 16;
const utf8 = new TextEncoder();

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
	const plain = [payload, ...parts.map(unescapeUrl)];
	const escaped = [...plain.flatMap(escapedForms), ...parts];
	return [...new Set([...plain, ...escaped, ...[secret, ...parts].flatMap(codedForms)])];
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

/** Those that differ from the form by more than what stands in place of its padding: what is before that is found. */
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

/** Four characters at a time: a browser takes longer to run a loop that is new to it than for all else here. */
function hexOf(form: string): string {
	const bytes = new Uint8Array(form.length + 3);
	utf8.encodeInto(form, bytes);
	const view = new DataView(bytes.buffer);
	let hex = '';
	for (let at = 0; at < form.length; at += 4) {
		hex += view.getUint32(at).toString(16).padStart(8, '0');
	}
	return hex.slice(0, 2 * form.length);
}
