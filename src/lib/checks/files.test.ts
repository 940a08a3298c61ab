import { describe, expect, it } from 'vitest';
import { apis } from '../apis/index.ts';
import { targetFor } from '../catalog/targets.ts';
import type { ApiId, Draft, FilePart, Message, Part } from '../model/draft.ts';
import { repairParts } from '../model/repair.ts';
import { findConverseProblem } from '../simulator/converse/check.ts';
import type { JsonObject } from '../simulator/json.ts';
import type { Check, Warning } from './check.ts';
import { documentAlone, documentNames } from './documents.ts';
import { largeFiles } from './large-files.ts';
import { tooManyFiles } from './too-many-files.ts';
import { unsendableFiles } from './unsendable-files.ts';

const rules: readonly Check[] = [
	...[unsendableFiles, tooManyFiles, largeFiles, documentNames, documentAlone]
];
/** The header of a PNG that is 9000 px wide. */
const wide = Buffer.concat([
	Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
	Buffer.from('0000232800000014080600000000000000', 'hex')
]);
const words: Part = { type: 'text', text: 'Look' };
const png = (change: Partial<FilePart> = {}): FilePart => ({
	...{ type: 'image', mime: 'image/png', name: 'a.png', source: { base64: 'iVBORw0KGgo=' } },
	...change
});
const pdf = (name: string, base64 = 'JVBERi0='): FilePart => ({
	...{ type: 'document', mime: 'application/pdf', name, source: { base64 } }
});
const from = (role: Message['role'], ...parts: Part[]): Message => ({ id: role, role, parts });
const user = (...parts: Part[]): Message => from('user', ...parts);
const many = <T>(count: number, make: (i: number) => T): T[] =>
	Array.from({ length: count }, (_, i) => make(i));

/** What one rule finds in the messages of a draft, with a key of us-west-2. */
function find(check: Check, id: ApiId, { messages }: Pick<Draft, 'messages'>): Warning[] {
	const draft: Draft = { model: 'm', params: {}, messages };
	const api = apis[id];
	return check({ draft, api, target: targetFor(api, draft, 'us-west-2') });
}

function codes(api: ApiId, messages: Message[]): string[] {
	return rules.flatMap((rule) => find(rule, api, { messages })).map(({ code }) => code);
}

/** Whether the service would refuse what a draft makes, as the simulator does. */
function isRefused(messages: Message[]): boolean {
	const draft = { model: 'm', params: {}, messages };
	const target = targetFor(apis.converse, draft, 'us-west-2');
	const { body = '' } = apis.converse.build(draft, target).request;
	return findConverseProblem('m', JSON.parse(body) as JsonObject) !== undefined;
}

describe('attachments that Converse refuses are warned of, and what it takes is not', () => {
	it.each<[string, Message[], string[]]>([
		['an image and a text', [user(png(), words)], []],
		['twenty images', [user(...many(20, () => png()), words)], []],
		['twenty-one', [user(...many(21, () => png()), words)], ['too-many-images']],
		['five documents', [user(...many(5, (i) => pdf(`d${i}`)), words)], []],
		[
			'a sixth in a later message',
			[
				user(...many(5, (i) => pdf(`d${i}`)), words),
				from('assistant', words),
				user(pdf('e'), words)
			],
			['too-many-documents']
		],
		['a document alone', [user(pdf('a'))], ['document-alone']],
		[
			'an image of 5 MiB as base64',
			[user(png({ source: { base64: 'A'.repeat(5_242_880) } }), words)],
			[]
		],
		[
			'a larger one',
			[user(png({ source: { base64: 'A'.repeat(5_242_884) } }), words)],
			['large-image']
		],
		['a document of 4.5 MB', [user(pdf('a', 'A'.repeat(6_291_456)), words)], []],
		['a larger one', [user(pdf('a', 'A'.repeat(6_291_460)), words)], ['large-document']],
		['a BMP', [user(png({ mime: 'image/bmp' }), words)], ['file-format']],
		[
			'an image in an answer',
			[user(words), from('assistant', png(), words), user(words)],
			['file-role']
		]
	])('%s', (_, messages, expected) => {
		expect(codes('converse', messages)).toEqual(expected);
		expect(isRefused(messages)).toBe(expected.length > 0);
	});

	it('and so are an image that is too wide, and a name that loses its letters', () => {
		const base64 = wide.toString('base64');
		expect(codes('converse', [user(png({ source: { base64 } }), words)])).toEqual(['wide-image']);
		expect(codes('converse', [user(pdf('Übersicht.pdf'), words)])).toEqual(['document-name']);
		expect(codes('converse', [user(pdf('报告'), words)])).toEqual(['document-name']);
		expect(codes('converse', [user(pdf('a'.repeat(201)), words)])).toEqual(['document-name']);
		expect(codes('converse', [user(pdf('my_notes, v2.pdf'), words)])).toEqual([]);
	});
});

describe('what an API can’t be given', () => {
	const sound: Part = { type: 'audio', mime: 'audio/wav', source: { base64: 'AAAA' } };
	const at = (url: string): FilePart => png({ mime: '', source: { url } });
	it.each<[string, Part, Record<ApiId, string[]>]>([
		['sound', sound, { converse: [], 'chat-completions': [], responses: ['file-kind'] }],
		[
			'an image on the web',
			at('https://example.com/a.png'),
			{ converse: ['file-address'], 'chat-completions': ['file-address'], responses: [] }
		],
		['an image in S3', at('s3://b/a.png'), { converse: [], 'chat-completions': [], responses: [] }],
		[
			'a file that is gone',
			png({ source: { file: 'ab'.repeat(32) } }),
			{ converse: ['file-gone'], 'chat-completions': ['file-gone'], responses: ['file-gone'] }
		]
	])('%s', (_, part, expected) => {
		for (const [api, found] of Object.entries(expected))
			expect(codes(api as ApiId, [user(part, words)]), api).toEqual(found);
	});
});

it.each<[string, Part[]]>([
	['too many images', [...many(21, () => png()), words]],
	['a document alone', [pdf('a')]],
	['a name', [pdf('报告'), words]],
	['a format', [png({ mime: 'image/bmp' }), words]]
])('the button ends it: %s', (_, parts) => {
	const found = rules.flatMap((rule) => find(rule, 'converse', { messages: [user(...parts)] }));
	const [warning] = found;
	const fix = warning?.fix;
	const repaired = fix && 'repair' in fix ? repairParts(parts, fix.repair) : [];
	expect(found).toHaveLength(1);
	expect(codes('converse', [user(...repaired)])).toEqual([]);
});

it('what was read from a request that somebody wrote has no button', () => {
	const messages = [{ ...user(pdf('a')), id: '' }];
	expect(find(documentAlone, 'converse', { messages })).toEqual([{ code: 'document-alone' }]);
});
