import { describe, expect, it } from 'vitest';
import type { ApiId, Part } from '../model/draft.ts';
import { partsOf } from '../model/written.ts';
import { citesOf, hasMark, marksOf, toggleCitations, toggleMark } from './marks.ts';
import { apis } from './index.ts';

const image: Part = { type: 'image', mime: 'image/png', source: { base64: 'AAAA' } };
const target = { endpoint: 'runtime', base: 'https://host' } as const;

/** The content of the message that is written with these parts. */
function contentOf(api: ApiId, parts: readonly Part[]): unknown[] {
	const message = { id: 'next', role: 'user' as const, parts: partsOf({ text: 'Hi', parts }) };
	const { body = '' } = apis[api].build(
		{ model: 'm', params: {}, messages: [message] },
		target
	).request;
	const { messages, input } = JSON.parse(body) as Record<string, { content: unknown[] }[]>;
	return (messages ?? input)?.[0]?.content ?? [];
}

const breakpoint = { prompt_cache_breakpoint: { mode: 'explicit' } };
const cachePoint = { cachePoint: { type: 'default' } };

describe('what can be said of the text being written', () => {
	it.each<[ApiId, unknown[]]>([
		['converse', [{ text: 'Hi' }, cachePoint]],
		['chat-completions', [{ type: 'text', text: 'Hi', ...breakpoint }]],
		['responses', [{ type: 'input_text', text: 'Hi', ...breakpoint }]]
	])('a cache point on %s, after it', (api, content) => {
		const parts = toggleMark(api, [image], 'cache');
		expect(hasMark(api, parts, 'cache')).toBe(true);
		expect(contentOf(api, parts).slice(1)).toEqual(content);
		expect(toggleMark(api, parts, 'cache')).toEqual([image]);
	});

	it('that a guardrail looks at it, beside a cache point', () => {
		const both = toggleMark('converse', toggleMark('converse', [], 'cache'), 'guard');
		expect(contentOf('converse', both)).toEqual([
			{ guardContent: { text: { text: 'Hi' } } },
			cachePoint
		]);
		const guard = toggleMark('converse', both, 'cache');
		expect(contentOf('converse', guard)).toEqual([{ guardContent: { text: { text: 'Hi' } } }]);
		expect(marksOf('responses')).toEqual(['cache']);
	});
});

it('a document is asked for citations, and is not any more', () => {
	const document: Part = {
		type: 'document',
		mime: 'text/csv',
		name: 'a',
		source: { base64: 'AAAA' }
	};
	const cited = toggleCitations(document);
	expect(citesOf('converse', cited)).toBe(true);
	expect(contentOf('converse', [cited])[0]).toMatchObject({
		document: { citations: { enabled: true } }
	});
	expect(citesOf('converse', toggleCitations(cited))).toBe(false);
	expect(contentOf('converse', [toggleCitations(cited)])).toEqual(
		contentOf('converse', [document])
	);
	expect(citesOf('responses', document)).toBeUndefined();
	expect(citesOf('converse', image)).toBeUndefined();
});
