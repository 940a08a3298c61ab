import { describe, expect, it } from 'vitest';
import { fromBase64 } from './base64.ts';
import { imageSize, sniff } from './sniff.ts';

/** Files of 30 by 20 px as Chromium's canvas writes them. */
const drawn = {
	png: 'iVBORw0KGgoAAAANSUhEUgAAAB4AAAAUCAYAAACaq43EAAAAOklEQVR4AezSMQoAAAhCUen+d67d3Vx+0NBi8HBW2saOSsPjN3iooY4JUK4YrQdD7SKxG+oYrQfXqA8AAP//idM3qQAAAAZJREFUAwDJPzvtcBkZsgAAAABJRU5ErkJggg==',
	jpeg: '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAAUAB4DASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAME/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AkAm2AAAAAAP/2Q==',
	lossy:
		'UklGRiYCAABXRUJQVlA4WAoAAAAgAAAAHQAAEwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggOAAAABADAJ0BKh4AFAA/cbLQYDSuKaWoCAKQLgllAMzQFqcUAAD+4Ll+DQKAAf/8EF+IP1BqcsMosAAA',
	lossless:
		'UklGRv4BAABXRUJQVlA4WAoAAAAgAAAAHQAAEwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDhMDwAAAC8dwAQABxD9j/4HIqL/AQA='
};
/** As Python's `wave` and `zipfile` and an old drawing program write them. */
const written = {
	wav: 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQIAAACAgA==',
	docx: 'UEsDBBQAAAAAAEEdel2DFtyMAQAAAAEAAAARAAAAd29yZC9kb2N1bWVudC54bWx4UEsBAhQDFAAAAAAAQR16XYMW3IwBAAAAAQAAABEAAAAAAAAAAAAAAIABAAAAAHdvcmQvZG9jdW1lbnQueG1sUEsFBgAAAAABAAEAPwAAADAAAAAAAA==',
	xlsx: 'UEsDBBQAAAAAAEEdel2DFtyMAQAAAAEAAAAPAAAAeGwvd29ya2Jvb2sueG1seFBLAQIUAxQAAAAAAEEdel2DFtyMAQAAAAEAAAAPAAAAAAAAAAAAAACAAQAAAAB4bC93b3JrYm9vay54bWxQSwUGAAAAAAEAAQA9AAAALgAAAAAA',
	zip: 'UEsDBBQAAAAAAEEdel2DFtyMAQAAAAEAAAAFAAAAYS50eHR4UEsBAhQDFAAAAAAAQR16XYMW3IwBAAAAAQAAAAUAAAAAAAAAAAAAAIABAAAAAGEudHh0UEsFBgAAAAABAAEAMwAAACQAAAAAAA==',
	gif: 'R0lGODlhCwALAPEDAP///39/fwAAAMDAwCH5BAUAAAMALAAAAAALAAsAAAIfnI8Wy6wAIwgPikhHiBfmLYThVAEdqXFYKX1Nk8RDAQA7'
};

/** One byte a character. */
const binary = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const utf16 = (text: string): string => [...text].join('\0');
const ole = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + '\0'.repeat(600);

/** The chunk of a WebP as a file of its own, which is how a file without a profile is. */
function alone(file: string, chunk: string): Uint8Array {
	const text = atob(file);
	return binary(`RIFF????WEBP${text.slice(text.indexOf(chunk))}`);
}

describe('the type of a file is told by its bytes', () => {
	it.each<[string, string | Uint8Array, string, string]>([
		['a PNG', fromBase64(drawn.png), 'a.jpg', 'image/png'],
		['a JPEG', fromBase64(drawn.jpeg), '', 'image/jpeg'],
		['a GIF', fromBase64(written.gif), '', 'image/gif'],
		['a WebP', fromBase64(drawn.lossy), 'a.txt', 'image/webp'],
		['sound in a RIFF', fromBase64(written.wav), 'a.webp', 'audio/wav'],
		['a PDF', '%PDF-1.7\n%âãÏÓ', 'a.txt', 'application/pdf'],
		[
			'a Word file',
			fromBase64(written.docx),
			'a.zip',
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
		],
		[
			'an Excel file',
			fromBase64(written.xlsx),
			'a.docx',
			'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
		],
		['an archive', fromBase64(written.zip), 'a.docx', 'application/zip'],
		['an old Word file', `${ole}${utf16('WordDocument')}`, '', 'application/msword'],
		['an old Excel file', `${ole}${utf16('Workbook')}`, '', 'application/vnd.ms-excel'],
		['another old file', ole, 'a.doc', ''],
		['HTML', '\n<!DOCTYPE html><p>', 'a.txt', 'text/html'],
		['CSV', 'a,b\n1,2', 'a.CSV', 'text/csv'],
		['Markdown', '# Hi', 'a.md', 'text/markdown'],
		['another text', 'const a = 1;\n', 'a.ts', 'text/plain'],
		['text with a picture’s name', 'Hi', 'a.png', 'text/plain'],
		['nothing at all', '', 'a.txt', ''],
		['bytes that are no text', 'a\0b', 'a.txt', ''],
		['Latin-1', 'Gr\xfc\xdfe', 'a.txt', ''],
		['MP3 with a title', 'ID3\x03\0', '', 'audio/mpeg'],
		['MP3', '\xff\xfb\x90\x64', '', 'audio/mpeg'],
		['AAC', '\xff\xf1\x50\x80', '', 'audio/aac'],
		['FLAC', 'fLaC\0', '', 'audio/flac'],
		['Opus', `OggS${'\0'.repeat(24)}OpusHead`, '', 'audio/opus'],
		['Ogg', `OggS${'\0'.repeat(24)}\x01vorbis`, '', 'audio/ogg'],
		['M4A', '\0\0\0\x20ftypM4A \0', '', 'audio/x-m4a'],
		['a film', '\0\0\0\x20ftypisom…hdlr\0vide…hdlr\0soun', '', 'video/mp4'],
		['sound as MP4', '\0\0\0\x20ftypisom…hdlr\0soun', '', 'audio/mp4'],
		['QuickTime', '\0\0\0\x14ftypqt  \0', '', 'video/quicktime'],
		['3GP', '\0\0\0\x14ftyp3gp4\0', '', 'video/3gpp'],
		['a WebM', '\x1a\x45\xdf\xa3…webm…V_VP9', '', 'video/webm'],
		['WebM sound', '\x1a\x45\xdf\xa3…webm…A_OPUS', '', 'audio/webm'],
		['Matroska', '\x1a\x45\xdf\xa3…matroska…V_MPEG4', '', 'video/x-matroska'],
		['a BMP', `BM\x36\0\0\0\0\0\0\0`, 'a.png', 'image/bmp']
	])('%s', (_, file, name, mime) => {
		expect(sniff(typeof file === 'string' ? binary(file) : file, name)).toBe(mime);
	});
});

describe('the size of an image', () => {
	it.each<[string, Uint8Array]>([
		['PNG', fromBase64(drawn.png)],
		['JPEG', fromBase64(drawn.jpeg)],
		['WebP', fromBase64(drawn.lossy)],
		['lossy WebP alone', alone(drawn.lossy, 'VP8 ')],
		['lossless WebP alone', alone(drawn.lossless, 'VP8L')]
	])('is read from a %s', (_, file) => {
		expect(imageSize(file)).toEqual({ width: 30, height: 20 });
	});

	it('is read from a GIF, and of no other file', () => {
		expect(imageSize(fromBase64(written.gif))).toEqual({ width: 11, height: 11 });
		expect(imageSize(fromBase64(written.wav))).toBeUndefined();
		expect(imageSize(binary('%PDF-'))).toBeUndefined();
		expect(imageSize(fromBase64(drawn.jpeg).subarray(0, 300))).toBeUndefined();
	});
});
