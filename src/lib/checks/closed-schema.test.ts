import { describe, expect, it } from 'vitest';
import type { Json } from '../model/json.ts';
import { closeSchema } from './closed-schema.ts';

const deep: Json = {
	type: 'object',
	properties: {
		list: { type: 'array', items: { type: 'object', properties: { 'a/b': { type: 'object' } } } },
		maybe: { anyOf: [{ type: ['object', 'null'], additionalProperties: true }, { type: 'null' }] },
		other: { $ref: '#/$defs/other' },
		word: { enum: ['object'] }
	},
	required: ['list', 'maybe', 'other', 'word'],
	$defs: { other: { properties: { x: {} }, additionalProperties: false } }
};

describe('a schema that a strict service takes', () => {
	it('is closed and requires everything at any depth, and says where it did not', () => {
		const { schema, open, optional } = closeSchema(deep);
		expect(open).toEqual([
			'#/properties/list/items/properties/a~1b',
			'#/properties/list/items',
			'#/properties/maybe/anyOf/0',
			'#'
		]);
		expect(optional).toEqual(['#/properties/list/items', '#/$defs/other']);
		expect(closeSchema(schema)).toEqual({ schema, open: [], optional: [] });
	});

	it('leaves alone what is no schema of an object', () => {
		for (const schema of [true, null, 'x', { type: 'array' }, { const: { type: 'object' } }])
			expect(closeSchema(schema)).toEqual({ schema, open: [], optional: [] });
	});
});
