import { describe, expect, it } from 'vitest';
import { parseJson, readJson } from '../../model/json-text.ts';
import type { JsonObject } from '../../model/json.ts';
import Details from './Details.svelte';
import { interventionsOf } from './interventions.ts';
import Sources from './Sources.svelte';
import { draw, sayOf } from './test-render.ts';

/** As the service's page of the Converse API shows it. */
const trace = {
	guardrail: {
		outputAssessments: {
			g1: [
				{
					sensitiveInformationPolicy: {
						piiEntities: [{ match: 'a@b.example', type: 'EMAIL', action: 'ANONYMIZED' }]
					},
					contentPolicy: {
						filters: [
							{ type: 'VIOLENCE', confidence: 'HIGH', action: 'BLOCKED' },
							{ type: 'HATE', confidence: 'NONE', action: 'NONE' }
						]
					},
					topicPolicy: { topics: [{ name: 'Shares', type: 'DENY', action: 'BLOCKED' }] }
				}
			]
		}
	}
};

describe('Details', () => {
	it.each([
		['trace', trace],
		['additionalModelResponseFields', { stop_sequence: '<end> & more' }],
		['serviceTier', { type: 'flex' }],
		['performanceConfig', { latency: 'optimized' }],
		['phase', 'final_answer'],
		['service_tier', 'default'],
		['function_call', { name: 'f', arguments: '{}' }],
		['a_field_of_tomorrow', [1, null, true]]
	])('shows %s under its own name, as JSON', (name, value) => {
		const said = sayOf(Details, { details: { [name]: value } as JsonObject });
		expect(said).toContain(name);
		const json = draw(Details, { details: { [name]: value } as JsonObject })
			.match(/<pre[^>]*>(.*?)<\/pre>/s)?.[1]
			?.replaceAll('&lt;', '<')
			.replaceAll('&amp;', '&');
		expect(parseJson(json ?? '')).toEqual(value);
	});

	it('keeps the digits of numbers that JavaScript has no exact value for', () => {
		const details = readJson('{"id":90071992547409931234,"rate":1.0}') as JsonObject;
		const said = sayOf(Details, { details });
		expect(said).toContain('90071992547409931234');
		expect(said).toContain('1.0');
	});

	it('says in words what a guardrail masked or blocked, and by which policy', () => {
		const said = sayOf(Details, { details: { trace } });
		expect(said).toContain('ANONYMIZED EMAIL by sensitiveInformationPolicy : a@b.example');
		expect(said).toContain('BLOCKED VIOLENCE by contentPolicy');
		expect(said).toContain('BLOCKED Shares by topicPolicy');
		expect(interventionsOf(trace).map(({ about }) => about)).toEqual([
			'EMAIL',
			'VIOLENCE',
			'Shares'
		]);
	});

	it.each([
		['after-end', /went on after it had ended the answer/],
		['second-end', /more than once/],
		['error-after-end', /The answer stands/],
		['key-hidden', /held your API key/]
	] as const)('says the note %s as a sentence', (note, words) => {
		expect(sayOf(Details, { notes: [note] })).toMatch(words);
	});

	it('is not there where there is nothing to say', () => {
		expect(draw(Details, {}).trim()).toBe('');
		expect(draw(Details, { details: {}, notes: [] }).trim()).toBe('');
	});
});

describe('Sources', () => {
	it('lists what an answer cites: titles, hosts and the words of the source', () => {
		const citations = [
			{ title: 'Tokens', url: 'https://docs.example/tokens', text: 'A token is …' },
			{ url: 'javascript:alert(1)' },
			{ title: 'report.pdf' }
		];
		const html = draw(Sources, { citations });
		expect(html).toContain('href="https://docs.example/tokens"');
		expect(html).not.toContain('href="javascript');
		expect(sayOf(Sources, { citations })).toBe(
			'Tokens (docs.example) A token is … javascript:alert(1) report.pdf'
		);
	});
});
