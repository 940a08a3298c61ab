import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import { expect, it } from 'vitest';
import type { Part } from '../../model/draft.ts';
import { Files } from '../../state/files.svelte.ts';
import { readReference } from '../../model/reference.ts';
import OtherPart from './OtherPart.svelte';
import { draw, sayOf } from './test-render.ts';
import UserTurn from './UserTurn.svelte';

const words: Part = { type: 'text', text: 'Hi there' };
const cachePoint: Part = {
	...{ type: 'opaque', api: 'converse' },
	value: { cachePoint: { type: 'default' } }
};
const unknown: Part = { type: 'opaque', api: 'converse', value: { novelty: {} } };
const found: Part = {
	...{ type: 'opaque', api: 'converse' },
	value: {
		searchResult: {
			...{ source: 'https://example.com/returns', title: 'Returns' },
			...{ content: [{ text: 'Thirty days.' }], citations: { enabled: true } }
		}
	}
};
const written: Part = {
	...{ type: 'opaque', api: 'converse' },
	value: { document: { format: 'txt', name: 'Hours', source: { text: 'Open at nine.' } } }
};
const mark = 'Cache point after the text';
const kept = 'A part that this page cannot draw';

it.each<[string, Part[], string[]]>([
	['a text alone', [words], []],
	['a cache point by its name', [words, cachePoint], [mark]],
	['a part without a form', [words, unknown], [kept]],
	['both', [words, cachePoint, unknown], [mark, kept]],
	['what a search found', [words, found], ['Search result', 'Thirty days.']],
	['a document that is a text', [words, written], ['Text document', 'Open at nine.']]
])('a message of the user says of what it holds: %s', (_, parts, expected) => {
	const message = { id: 'm', role: 'user' as const, parts };
	const files = new Files(() => undefined);
	const said = sayOf(UserTurn, { files, message, actions: () => [] });
	expect(said).toContain('Hi there');
	const all = [mark, kept, 'Search result', 'Text document', 'Thirty days.', 'Open at nine.'];
	expect(all.filter((one) => said.includes(one))).toEqual(expected);
});

it.each([
	['https://example.com/returns', '<a href="https://example.com/returns" target="_blank"'],
	['javascript:alert(1)', '<p class="source">javascript:alert(1)</p>']
])('what a search found links to its source only where that is an address: %s', (source, html) => {
	const value = { searchResult: { source, title: 'Returns', content: [{ text: 'Thirty days.' }] } };
	const part: Part = { type: 'opaque', api: 'converse', value };
	expect(draw(OtherPart, { part })).toContain(html);
});

it('blocks of search results and text documents are those of the AWS SDK’s types', () => {
	const blocks: ContentBlock[] = [
		{
			searchResult: {
				source: 's',
				title: 'Returns',
				content: [{ text: 'a' }, { text: 'b' }]
			} as never
		},
		{ document: { format: 'txt', name: 'Hours', source: { text: 'a' } } },
		{
			document: {
				format: 'txt',
				name: 'Hours',
				source: { content: [{ text: 'a' }, { text: 'b' }] }
			}
		}
	];
	const read = blocks.map((value) =>
		readReference({ type: 'opaque', api: 'converse', value: value as never })
	);
	expect(read).toEqual([
		{ kind: 'search', title: 'Returns', source: 's', text: 'a\n\nb' },
		{ kind: 'document', title: 'Hours', text: 'a' },
		{ kind: 'document', title: 'Hours', text: 'a\n\nb' }
	]);
});
