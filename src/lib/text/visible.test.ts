import { expect, test } from 'vitest';
import { showInvisible } from './visible.ts';

test.each([
	['an id as it is', 'us.anthropic.claude-sonnet-4-5', 'us.anthropic.claude-sonnet-4-5'],
	['a right-to-left override', 'nova\u202egpj', 'nova⟨U+202E⟩gpj'],
	['an isolate', '\u2066a\u2069', '⟨U+2066⟩a⟨U+2069⟩'],
	['a zero-width space', 'open\u200bai', 'open⟨U+200B⟩ai'],
	['a byte order mark', '\ufeffx', '⟨U+FEFF⟩x'],
	['a soft hyphen', 'gpt\u00ad-4', 'gpt⟨U+00AD⟩-4'],
	['an escape', '\u001b[31m', '⟨U+001B⟩[31m'],
	['a carriage return', 'a\rb', 'a⟨U+000D⟩b'],
	['tag letters that spell hidden words', 'a\u{e0068}\u{e0069}', 'a⟨U+E0068⟩⟨U+E0069⟩'],
	['a joiner inside an id', 'no\u200dva', 'no⟨U+200D⟩va'],
	['a line end of two characters, left alone', 'a\r\nb', 'a\r\nb'],
	['line feed and tab, left alone', 'a\n\tb', 'a\n\tb'],
	['letters of any script, left alone', 'Größe 你好 שלום 👋', 'Größe 你好 שלום 👋'],
	['an emoji with joiners, left whole', '👩🏽‍💻 👁️‍🗨️', '👩🏽‍💻 👁️‍🗨️'],
	['a non-joiner in Persian, left alone', 'می\u200cخواهم', 'می\u200cخواهم'],
	['nothing', '', '']
])('shows %s', (_, given, shown) => {
	expect(showInvisible(given)).toBe(shown);
});
