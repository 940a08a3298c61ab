import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import type { Part } from './draft.ts';
import { markdownOf } from './markdown.ts';

/** What a reader of Markdown makes of it, in short. */
function kindsOf(parts: Part[]): string[] {
	return marked
		.lexer(markdownOf(parts))
		.filter(({ type }) => type !== 'space')
		.map((token) => (token.type === 'code' ? `code ${String(token.text)}` : token.type));
}

describe('a message as Markdown', () => {
	it.each<[string, Part[], string[]]>([
		['a text as it is', [{ type: 'text', text: 'Hi **you**' }], ['paragraph']],
		[
			'thoughts of several paragraphs as one quote',
			[
				{ type: 'reasoning', text: 'One\n\nTwo', signature: 's' },
				{ type: 'text', text: 'Hi' }
			],
			['blockquote', 'paragraph']
		],
		['nothing of what is sealed', [{ type: 'reasoning', text: '', redacted: 'YQ==' }], []],
		[
			'a call with its arguments as they came, whatever they hold',
			[{ type: 'tool-call', id: 'c', name: 'n', input: '{"q":"```js"' }],
			['paragraph', 'code {"q":"```js"']
		],
		[
			'sources as a list',
			[
				{
					...{ type: 'text', text: 'Hi' },
					extra: {
						responses: { annotations: [{ type: 'url_citation', url: 'https://a.example/' }] }
					}
				}
			],
			['paragraph', 'list']
		]
	])('%s', (_, parts, kinds) => {
		expect(kindsOf(parts)).toEqual(kinds);
	});
});
