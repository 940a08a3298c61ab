import { describe, expect, it } from 'vitest';
import { judge } from './verdict.ts';
import type { Verdict } from './verdict.ts';

const schema = JSON.stringify({
	type: 'object',
	properties: {
		city: { type: 'string' },
		days: {
			type: 'array',
			items: {
				type: 'object',
				properties: { high: { type: 'number' } },
				required: ['high'],
				additionalProperties: false
			}
		}
	},
	required: ['city'],
	additionalProperties: false
});

describe('an answer and its schema', () => {
	it.each<[string, Verdict]>([
		['{"city": "Paris", "days": [{"high": 21.5}]}', { is: 'valid' }],
		['```json\n{}\n```', { is: 'no-json' }],
		['', { is: 'no-json' }],
		['{"city": "Paris"}\n\nDone.', { is: 'trailing', at: [] }],
		[
			'[]',
			{
				is: 'mismatch',
				at: [{ path: '#', message: 'Instance type "array" is invalid. Expected "object".' }]
			}
		]
	])('%j: %j', (answer, verdict) => {
		expect(judge(answer, schema, true)).toEqual(verdict);
	});

	it('points at every place, and only at what is wrong itself', () => {
		const answer = '{"days": [{"high": "hot"}, {"low": 1}], "extra": null}';
		const verdict = judge(answer, schema, true);
		const places = 'at' in verdict ? verdict.at.map(({ path }) => path) : [];
		expect(verdict.is).toBe('mismatch');
		expect(places.sort()).toEqual(['#', '#', '#/days/0/high', '#/days/1', '#/days/1']);
	});

	it('is no verdict of an answer that was cut, nor by a schema that is none', () => {
		expect(judge('{"city": "Pa', schema, false)).toEqual({ is: 'incomplete' });
		expect(judge('{"city": "Paris"}', schema, false)).toEqual({ is: 'incomplete' });
		expect(judge('{}', '{"type":', true)).toEqual({ is: 'no-schema' });
		expect(judge('{"a":"b"}', '{"properties":{"a":{"pattern":"("}}}', true)).toEqual({
			is: 'no-schema'
		});
		expect(judge('{}', '{"$ref":"#/$defs/none"}', true)).toEqual({ is: 'no-schema' });
	});
});
