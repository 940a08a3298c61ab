import { expect, it } from 'vitest';
import type { Json } from './json.ts';
import { shownFile } from './shown-file.ts';

const png = { type: 'image', mime: 'image/png', source: { base64: 'AAAA' } };

it.each<[string, Json, unknown]>([
	['an image of Converse', { image: { format: 'png', source: { bytes: 'AAAA' } } }, png],
	['an image that a tool made', { type: 'image_generation_call', result: 'AAAA' }, png],
	['an image that is still being made', { type: 'image_generation_call', result: null }, undefined],
	['what is not base64', { image: { format: 'png', source: { bytes: 'a"b' } } }, undefined],
	['an image in S3', { image: { format: 'png', source: { s3Location: {} } } }, undefined],
	['anything else', { other: 1 }, undefined]
])('shows %s', (_, value, file) => {
	expect(shownFile({ type: 'opaque', api: 'converse', value })).toEqual(file);
});
