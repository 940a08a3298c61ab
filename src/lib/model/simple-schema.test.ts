import { describe, expect, it } from 'vitest';
import type { Json } from './json.ts';
import { readSimpleSchema, saySimpleSchema } from './simple-schema.ts';

describe('a schema that a form can say', () => {
	it.each<[string, Json]>([
		['no fields', { type: 'object', properties: {} }],
		[
			'fields of every kind',
			{
				type: 'object',
				properties: {
					city: { type: 'string', description: 'Where' },
					unit: { type: 'string', enum: ['celsius', 'kelvin'] },
					days: { type: 'integer' },
					share: { type: 'number' },
					night: { type: 'boolean' }
				},
				required: ['city', 'days'],
				additionalProperties: false
			}
		]
	])('%s', (_, schema) => {
		const simple = readSimpleSchema(schema);
		expect(simple && saySimpleSchema(simple)).toEqual(schema);
	});

	it('is one without properties too, and one that is not there', () => {
		expect(readSimpleSchema({ type: 'object' })).toEqual({ fields: [], isClosed: false });
		expect(readSimpleSchema(undefined)).toEqual({ fields: [], isClosed: false });
	});

	it.each<[string, Json]>([
		['another type', { type: 'string' }],
		['nothing of a type', {}],
		['a field in a field', { type: 'object', properties: { a: { type: 'object' } } }],
		['a limit', { type: 'object', properties: { a: { type: 'integer', minimum: 1 } } }],
		[
			'choices that are no texts',
			{ type: 'object', properties: { a: { type: 'integer', enum: [1] } } }
		],
		[
			'other fields allowed by a schema',
			{ type: 'object', additionalProperties: { type: 'string' } }
		],
		['a word of its own', { type: 'object', properties: {}, title: 'Weather' }],
		['a required field that is not there', { type: 'object', properties: {}, required: ['a'] }],
		['true', true]
	])('is none with %s', (_, schema) => {
		expect(readSimpleSchema(schema)).toBeUndefined();
	});
});
