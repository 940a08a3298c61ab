import { describe, expect, it } from 'vitest';
import { citationsOf } from '../../model/citations.ts';
import type { Part } from '../../model/draft.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import Sources from './Sources.svelte';
import { draw } from './test-render.ts';

const citation = (location: JsonObject, title: string): Json => ({
	...{ title, location, sourceContent: [] }
});

describe('Sources', () => {
	it('links what a server’s own tool found on the web, and names what has no address', () => {
		const citations = [
			citation({ web: { url: 'https://a.example/x', domain: 'a.example' } }, 'A'),
			citation({ web: { url: 'javascript:alert(1)' } }, 'B'),
			citation({ documentPage: { documentIndex: 0, start: 1, end: 2 } }, 'C')
		];
		const part: Part = {
			...{ type: 'text', text: 'said' },
			extra: { converse: { citationsContent: { citations } } }
		};
		const html = draw(Sources, { citations: citationsOf(part) });
		expect(html.match(/<a .*?rel="noopener noreferrer"/g)).toEqual([
			'<a href="https://a.example/x" target="_blank" rel="noopener noreferrer"'
		]);
		expect(html).toContain('(a.example)');
		for (const name of ['A', 'B', 'C']) expect(html).toContain(name);
	});
});
