import { describe, expect, it } from 'vitest';
import type { FilePart } from '../../model/draft.ts';
import { draw, sayOf } from '../workspace/test-render.ts';
import FileCard from './FileCard.svelte';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAB4AAAAUCAYAAACaq43EAAAAOklEQVR4';
const part = (change: Partial<FilePart>): FilePart => ({
	...{ type: 'image', mime: 'image/png', source: { file: 'ab'.repeat(32) } },
	...change
});

describe('an attachment', () => {
	it('is drawn from its own bytes, with its size', () => {
		const html = draw(FileCard, { part: part({ name: 'a.png' }), base64: png });
		expect(html).toContain(`<img src="data:image/png;base64,${png}"`);
		expect(html).toContain('alt="a.png"');
		expect(sayOf(FileCard, { part: part({}), base64: png })).toBe('Image png · 30×20 · 42 B');
	});

	it.each<[string, Partial<FilePart>, string | undefined, string]>([
		[
			'at an address names its host and loads nothing',
			{ mime: '', source: { url: 'https://example.com/a.png' } },
			undefined,
			'Image at example.com, read by the service'
		],
		[
			'of a format that is no picture here is not drawn',
			{ mime: 'image/svg+xml' },
			'PHN2Zz4=',
			'Image svg+xml · 5 B'
		],
		[
			'whose bytes are gone says so',
			{ type: 'document', mime: 'application/pdf', name: 'a\u202efdp' },
			undefined,
			'The file is not stored any more. Attach it again.'
		]
	])('%s', (_, change, base64, words) => {
		expect(draw(FileCard, { part: part(change), base64 })).not.toContain('<img');
		const said = sayOf(FileCard, { part: part(change), base64 });
		expect(said).toContain(words);
		// What turns the direction of writing is made visible.
		expect(said).not.toContain('\u202e');
	});
});
