import { mimeOf } from './media-types.ts';

/** What bytes are, by a pattern that they begin with: text, and `?` for a byte that may be any. */
const starts: readonly (readonly [pattern: string, mime: string])[] = [
	['\x89PNG\r\n\x1a\n', 'image/png'],
	['\xff\xd8\xff', 'image/jpeg'],
	['GIF87a', 'image/gif'],
	['GIF89a', 'image/gif'],
	['RIFF????WEBP', 'image/webp'],
	['RIFF????WAVE', 'audio/wav'],
	['%PDF-', 'application/pdf'],
	['fLaC', 'audio/flac'],
	['ID3', 'audio/mpeg'],
	['FLV\x01', 'video/x-flv'],
	['\x00\x00\x01\xba', 'video/mpeg'],
	['\x00\x00\x01\xb3', 'video/mpeg'],
	// ASF holds sound as well; the services take it as a film.
	['\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'video/x-ms-wmv'],
	// Known, so that a refusal can say what it is.
	['BM????\x00\x00\x00\x00', 'image/bmp'],
	['II*\x00', 'image/tiff'],
	['MM\x00*', 'image/tiff'],
	['????ftypheic', 'image/heic'],
	['????ftypavif', 'image/avif'],
	['\x1f\x8b', 'application/gzip'],
	['????ftypqt  ', 'video/quicktime'],
	['????ftyp3g', 'video/3gpp'],
	['????ftypM4A', 'audio/x-m4a']
];

/**
 * The media type of a file, told by its bytes. Only what is plain text goes by its name too, because nothing else tells
 * Markdown from CSV. '' for what is none of the formats that are known here.
 */
export function sniff(bytes: Uint8Array, name: string): string {
	const head = latin1(bytes.subarray(0, 64));
	const known = starts.find(([pattern]) => isStart(pattern, head))?.[1];
	if (known !== undefined) return known;
	if (head.startsWith('PK\x03\x04')) return sniffZip(bytes);
	if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return sniffOle(bytes);
	if (head.startsWith('OggS')) return head.includes('OpusHead') ? 'audio/opus' : 'audio/ogg';
	if (head.startsWith('\x1a\x45\xdf\xa3')) return sniffMatroska(bytes);
	if (head.startsWith('ftyp', 4)) return hasFilm(bytes) ? 'video/mp4' : 'audio/mp4';
	return sniffFrames(bytes) ?? sniffText(bytes, name);
}

function isStart(pattern: string, head: string): boolean {
	return [...pattern].every((char, i) => char === '?' || char === head[i]);
}

function latin1(bytes: Uint8Array): string {
	return String.fromCharCode(...bytes);
}

/** Whether `text` stands anywhere in the bytes, `step` bytes a character. */
function holds(bytes: Uint8Array, text: string, step = 1): boolean {
	const first = text.charCodeAt(0);
	for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
		let i = 1;
		while (i < text.length && bytes[at + i * step] === text.charCodeAt(i)) i++;
		if (i === text.length) return true;
	}
	return false;
}

/** Names of what is in an archive stand in it as they are. */
function sniffZip(bytes: Uint8Array): string {
	if (holds(bytes, 'word/document')) return mimeOf('document', 'docx') ?? '';
	if (holds(bytes, 'xl/workbook')) return mimeOf('document', 'xlsx') ?? '';
	return 'application/zip';
}

/** Names of streams stand in it as UTF-16. */
function sniffOle(bytes: Uint8Array): string {
	if (holds(bytes, 'WordDocument', 2)) return 'application/msword';
	return holds(bytes, 'Workbook', 2) || holds(bytes, 'Book', 2) ? 'application/vnd.ms-excel' : '';
}

/** The codec ids of its tracks tell whether there is a picture. */
function sniffMatroska(bytes: Uint8Array): string {
	const head = bytes.subarray(0, 65_536);
	const kind = holds(head, 'V_') ? 'video' : 'audio';
	return holds(head.subarray(0, 64), 'webm') ? `${kind}/webm` : `${kind}/x-matroska`;
}

/** A track of pictures has the handler `vide`. */
function hasFilm(bytes: Uint8Array): boolean {
	return holds(bytes, 'vide') || !holds(bytes, 'soun');
}

/** Sound without a header: frames that begin with eleven or twelve set bits. */
function sniffFrames(bytes: Uint8Array): string | undefined {
	const [first = 0, second = 0, third = 0] = bytes;
	if (first !== 0xff) return undefined;
	if ((second & 0xf6) === 0xf0) return 'audio/aac';
	const isFrame = (second & 0xe6) === 0xe2 && third >> 4 !== 0xf && third >> 4 !== 0;
	return isFrame ? 'audio/mpeg' : undefined;
}

/** Text is UTF-8 without control characters. */
function sniffText(bytes: Uint8Array, name: string): string {
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		// Not UTF-8, so not a text that a service takes.
		return '';
	}
	if (text === '' || bytes.some(isControl)) return '';
	if (/^\s*<(!doctype html|html|head|body)[\s>]/i.test(text)) return 'text/html';
	const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
	if (ending === 'csv') return 'text/csv';
	return ending === 'md' || ending === 'markdown' ? 'text/markdown' : 'text/plain';
}

/** Whether a byte of UTF-8 is a control character other than tab, line ends, page breaks and Escape. */
function isControl(byte: number): boolean {
	return byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b);
}

/** The size of an image in px; undefined where it is not told. The first 256 kB are enough. */
export function imageSize(bytes: Uint8Array): { width: number; height: number } | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const mime = bytes.length < 32 ? '' : sniff(bytes.subarray(0, 64), '');
	if (mime === 'image/png') return { width: view.getUint32(16), height: view.getUint32(20) };
	if (mime === 'image/gif')
		return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
	if (mime === 'image/jpeg') return jpegSize(view);
	return mime === 'image/webp' ? webpSize(view) : undefined;
}

/** In the header of the first frame; other segments before it are passed over. */
function jpegSize(view: DataView): { width: number; height: number } | undefined {
	for (let at = 2; at + 9 < view.byteLength;) {
		if (view.getUint8(at) !== 0xff) return undefined;
		const marker = view.getUint8(at + 1);
		const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
		// A marker may be filled up with bytes of its own.
		at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
	}
	return undefined;
}

/** Three kinds of chunk, each with the size in its own way. */
function webpSize(view: DataView): { width: number; height: number } | undefined {
	switch (view.getUint8(15)) {
		case 0x58: {
			const at = (from: number) =>
				1 + view.getUint16(from, true) + view.getUint8(from + 2) * 0x1_0000;
			return { width: at(24), height: at(27) };
		}
		case 0x4c: {
			const bits = view.getUint32(21, true);
			return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
		}
		case 0x20:
			return {
				width: view.getUint16(26, true) & 0x3fff,
				height: view.getUint16(28, true) & 0x3fff
			};
	}
	return undefined;
}
