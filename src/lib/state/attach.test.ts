import { describe, expect, it } from 'vitest';
import type { ApiId } from '../model/draft.ts';
import { attachAddress, attachFiles, isAddress, largest } from './attach.ts';
import { openPage, tab } from './test-kit.ts';

const png = Buffer.from('iVBORw0KGgo=', 'base64');
const wav = 'RIFF\x26\0\0\0WAVEfmt ';

/** A file whose bytes are never read: only its size is asked for. */
const huge = Object.defineProperty(new File(['x'], 'film.mp4'), 'size', { value: largest + 1 });

describe('a file is attached by its bytes, or refused with the reason', () => {
	it.each<[string, ApiId, File, unknown]>([
		['an image with another name', 'converse', new File([png], 'a.txt'), 'image/png'],
		['a text', 'responses', new File(['a,b'], 'a.csv'), 'text/csv'],
		['sound on Chat', 'chat-completions', new File([wav], 'a.wav'), 'audio/wav'],
		[
			'sound on Responses',
			'responses',
			new File([wav], 'a.wav'),
			{ why: 'kind', mime: 'audio/wav' }
		],
		['an archive', 'converse', new File(['PK\x03\x04'], 'a.docx'), { why: 'format' }],
		[
			'a BMP',
			'converse',
			new File(['BM6\0\0\0\0\0\0\0'], 'a.png'),
			{ why: 'format', mime: 'image/bmp' }
		],
		['bytes of no format', 'converse', new File(['a\0b'], 'a.pdf'), { why: 'unknown' }],
		['nothing', 'converse', new File([], 'a.png'), { why: 'empty' }],
		['a film that is too large', 'converse', huge, { why: 'too-large' }]
	])('%s', async (_, api, file, expected) => {
		const conversation = tab(await openPage(), api);
		conversation.editor.write({ text: 'Hi', parts: [{ type: 'text', text: '' }] });
		const refused = await attachFiles(conversation, [file]);
		const [first] = conversation.editor.parts;
		if (typeof expected === 'string') {
			expect(refused).toEqual([]);
			expect(first).toMatchObject({ mime: expected, name: file.name });
		} else {
			expect(refused).toMatchObject([{ name: file.name, ...(expected as object) }]);
			expect(first?.type).toBe('text');
		}
	});
});

it.each([
	['s3://bucket/a.png', 's3', true],
	['https://example.com/a.png', 's3', false],
	['https://example.com/a.png', 'web', true],
	['http://example.com/a.png', 'web', false],
	['javascript:alert(1)', 'web', false],
	['s3://bucket/a.png', 'none', false],
	['a.png', 'web', false]
] as const)('%s is an address for %s: %s', (url, from, expected) => {
	expect(isAddress(url, from)).toBe(expected);
});

it('a file at an address keeps its name, and its bytes are not here', async () => {
	const conversation = tab(await openPage(), 'responses');
	conversation.editor.write({ text: '', parts: [] });
	attachAddress(conversation.editor, 'document', 'https://example.com/reports/q1.pdf?x=1');
	const part = { type: 'document', mime: '', name: 'q1.pdf' };
	expect(conversation.editor.parts).toMatchObject([part]);
	expect(conversation.next.built.losses).toEqual([]);
	expect(conversation.next.built.request.body).toContain('"file_url": "https://example.com/');
});
