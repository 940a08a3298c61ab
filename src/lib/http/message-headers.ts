import type { Json } from '../model/json.ts';

// A BOM inside a value is part of it.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Headers of one event-stream message, by name; undefined where the block breaks its own rules: an unknown type,
 * an empty name, a value that runs past the end. Numbers stay numbers as long as they are exact, else they are
 * decimal text; timestamps are epoch ms; bytes are base64; a UUID is written with its hyphens.
 */
export function parseHeaders(block: Uint8Array): ReadonlyMap<string, Json> | undefined {
	const headers = new Map<string, Json>();
	const view = new DataView(block.buffer, block.byteOffset, block.length);
	let at = 0;
	while (at < block.length) {
		const start = at + 1 + view.getUint8(at);
		if (start === at + 1 || start >= block.length) return undefined;
		const name = utf8.decode(block.subarray(at + 1, start));
		const value = readValue(view, start);
		if (value === undefined) return undefined;
		headers.set(name, value.json);
		at = value.end;
	}
	return headers;
}

/** The value whose type stands at `at`, and where it ends. */
function readValue(view: DataView, at: number): { json: Json; end: number } | undefined {
	const type = view.getUint8(at);
	const from = at + 1;
	if (type === 0 || type === 1) return { json: type === 0, end: from };
	const size = sizeOf(type, view, from);
	if (size === undefined || from + size > view.byteLength) return undefined;
	const end = from + size;
	switch (type) {
		case 2:
			return { json: view.getInt8(from), end };
		case 3:
			return { json: view.getInt16(from), end };
		case 4:
			return { json: view.getInt32(from), end };
		case 5:
		case 8:
			return { json: sayInteger(view.getBigInt64(from)), end };
		case 6:
			return { json: sayBase64(bytesOf(view, from + 2, end)), end };
		case 7:
			return { json: utf8.decode(bytesOf(view, from + 2, end)), end };
		default:
			return { json: sayUuid(bytesOf(view, from, end)), end };
	}
}

/** Bytes that a value takes, its own length field included; undefined for an unknown type. */
function sizeOf(type: number, view: DataView, from: number): number | undefined {
	if (type === 6 || type === 7) {
		return from + 2 > view.byteLength ? undefined : 2 + view.getUint16(from);
	}
	return { 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 }[type];
}

function bytesOf(view: DataView, from: number, to: number): Uint8Array {
	return new Uint8Array(view.buffer, view.byteOffset + from, to - from);
}

function sayInteger(value: bigint): number | string {
	const number = Number(value);
	return Number.isSafeInteger(number) ? number : String(value);
}

function sayBase64(bytes: Uint8Array): string {
	return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function sayUuid(bytes: Uint8Array): string {
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
