/**
 * What is drawn as nothing or turns the text around it: controls (not tab and line feed), soft hyphen, fillers,
 * bidirectional marks and overrides, zero-width characters, line separators, and tags, which can spell hidden words.
 */
const invisible =
	// eslint would call these control characters a mistake in a literal; here they are the subject.
	new RegExp(
		'\\r(?!\\n)|[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\xad\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f\\u2028-\\u202e' +
			'\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e0fff}]',
		'gu'
	);

/** A joiner has work after an emoji and in scripts whose letters it shapes; in an id it only hides. */
const joins =
	/[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}]$/u;

/** `text` with each invisible or text-turning character written as its code: U+202E becomes `⟨U+202E⟩`. */
export function showInvisible(text: string): string {
	return text.replace(invisible, (character, at: number) => {
		const isJoiner = character === '\u200c' || character === '\u200d';
		if (isJoiner && joins.test(text.slice(Math.max(0, at - 2), at))) return character;
		const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
		return `⟨U+${code}⟩`;
	});
}
