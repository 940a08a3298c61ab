/**
 * Bytes of `text` as a string of JSON in UTF-8, with its quotes: those of
 * `new TextEncoder().encode(JSON.stringify(text))`, without making either of them.
 */
export function bytesAsJson(text: string): number {
	let bytes = 2;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code < 0x80) bytes += bytesOfAscii(code);
		else if (code < 0x800) bytes += 2;
		else if (!isSurrogate(code)) bytes += 3;
		else if (isPair(code, text.charCodeAt(at + 1))) {
			bytes += 4;
			at++;
		} else bytes += escaped;
	}
	return bytes;
}

/** Bytes of `\u0000`, as which a control character and half of a surrogate pair are written. */
const escaped = 6;
/** Control characters with an escape of their own: \b \t \n \f \r. */
const shortEscapes = new Set([8, 9, 10, 12, 13]);

function bytesOfAscii(code: number): number {
	if (code >= 0x20) return code === 0x22 || code === 0x5c ? 2 : 1;
	return shortEscapes.has(code) ? 2 : escaped;
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

const isPair = (first: number, second: number): boolean =>
	first < 0xdc00 && second >= 0xdc00 && second <= 0xdfff;
