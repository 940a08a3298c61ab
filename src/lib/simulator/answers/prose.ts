import type { Random } from '../random.ts';

// Many words a line: a formatter would give each a line of its own.
// prettier-ignore
const WORDS = [
	'a', 'the', 'request', 'answer', 'stream', 'frame', 'token', 'model', 'browser', 'region', 'server',
	'header', 'checksum', 'byte', 'chunk', 'event', 'page', 'key', 'reader', 'window', 'signal',
	'carries', 'arrives', 'waits', 'reads', 'writes', 'opens', 'closes', 'counts', 'shows', 'keeps',
	'short', 'plain', 'small', 'quick', 'late', 'whole', 'quiet', 'steady', 'first', 'next', 'last',
	'and', 'but', 'while', 'because', 'after', 'before', 'near', 'under', 'over', 'with', 'without',
	'often', 'rarely', 'slowly', 'again', 'together', 'twice', 'here', 'there', 'today'
] as const;

const SENTENCES_OF_A_PARAGRAPH = 5;

/** Exactly `count` words of varied text, in sentences and paragraphs. */
export function writeWords(count: number, random: Random): string {
	const sentences: string[] = [];
	for (let left = count; left > 0;) {
		const size = Math.min(left, random.int(5, 14));
		const words = Array.from({ length: size }, () => random.pick(WORDS)).join(' ');
		sentences.push(`${words.charAt(0).toUpperCase()}${words.slice(1)}.`);
		left -= size;
	}
	const paragraphs: string[] = [];
	for (let at = 0; at < sentences.length; at += SENTENCES_OF_A_PARAGRAPH) {
		paragraphs.push(sentences.slice(at, at + SENTENCES_OF_A_PARAGRAPH).join(' '));
	}
	return paragraphs.join('\n\n');
}
