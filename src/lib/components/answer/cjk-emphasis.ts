import type { Tokenizer } from 'marked';

type InlineRules = Tokenizer['rules']['inline'];

/** Punctuation that belongs to Chinese, Japanese and Korean writing: 、。「」 and the full-width forms. */
const mark = '[\\u3001-\\u3004\\u3008-\\u3020\\u3030\\ufe30-\\ufe4f\\uff01-\\uff65]';
/** Han, kana and Hangul, with that punctuation. */
const cjk = '[\\u2e80-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\ufe30-\\ufe4f\\uff01-\\uffef]';

const punctuation = '[\\p{P}\\p{S}]';
const spaceOrPunctuation = '[\\s\\p{P}\\p{S}]';
const letter = '[^\\s\\p{P}\\p{S}]';

/**
 * marked's rules for `*`, changed in two points, because these languages set no spaces around words: their punctuation
 * counts as a letter (`**发展，**年`), and beside other punctuation a character of theirs counts as a space
 * (`说**“你好”**吧`).
 * @see https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md
 */
export function withCjkEmphasis(rules: InlineRules): InlineRules {
	const asLetter = (source: string): string =>
		source
			.replaceAll(letter, `(?:${letter}|${mark})`)
			.replaceAll(punctuation, `(?!${mark})${punctuation}`)
			.replaceAll(`(?!~)${spaceOrPunctuation}`, `(?!~)(?!${mark})${spaceOrPunctuation}`);
	const anyLetter = `(?=(?:(?:${letter}|${mark})|~))`;
	const closing = asLetter(rules.emStrongRDelimAst.source)
		// Before one of these characters a run after punctuation may close, too: no longer *only opens*, but *either*.
		.replace(`](\\*+)${anyLetter}`, `](\\*+)(?!${cjk})${anyLetter}`)
		.replaceAll(
			`(?!\\*)(?=(?!~)(?!${mark})${punctuation})`,
			`(?!\\*)(?=(?!~)(?!${mark})${punctuation}|${cjk})`
		);
	return {
		...rules,
		emStrongLDelim: new RegExp(
			rules.emStrongLDelim.source.replace(punctuation, `(?!${mark})${punctuation}`),
			'u'
		),
		emStrongRDelimAst: new RegExp(closing, 'gu'),
		punctuation: new RegExp(`^((?![*_])(?:${spaceOrPunctuation}|${cjk}))`, 'u')
	};
}
