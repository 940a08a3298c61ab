import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesAsJson } from './json-size.ts';

const encode = (text: string): number => new TextEncoder().encode(JSON.stringify(text)).length;

describe('bytesAsJson', () => {
	it.each(['', 'plain', '"quoted" \\ and\nlines\t\b\f\r', '\u0000\u001f\u007f', 'é 模型 🚀'])(
		'counts the bytes of %j',
		(text) => expect(bytesAsJson(text)).toBe(encode(text))
	);

	it.each(['\ud83d', '\ude80', '\ud83d\ud83d\ude80', 'a\ude80\ud83d'])(
		'counts halves of surrogate pairs as JSON writes them: %j',
		(text) => expect(bytesAsJson(text)).toBe(encode(text))
	);

	it.each(['🚀', '\ud83d', '\u0000', '型'])(
		'counts a long text of %j, wherever it is cut into slices',
		(character) => {
			for (const start of ['', 'x', 'xx']) {
				const text = start + character.repeat(20_000);
				expect(bytesAsJson(text)).toBe(encode(text));
			}
		}
	);

	it('counts what JSON.stringify and TextEncoder make, of any text', () => {
		const anyText = fc.string({ unit: 'binary' });
		const anyUnits = fc
			.array(fc.integer({ min: 0, max: 0xffff }))
			.map((units) => String.fromCharCode(...units));
		fc.assert(
			fc.property(fc.oneof(anyText, anyUnits), (text) => {
				expect(bytesAsJson(text)).toBe(encode(text));
			})
		);
	});
});
