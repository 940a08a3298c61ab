import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { draw, sayOf } from '../workspace/test-render.ts';
import JsonField from './JsonField.svelte';
import { pairs, strings } from './list-shapes.ts';
import ListField from './ListField.svelte';

const nothing = () => undefined;

describe('the fields of the inspector', () => {
	it.each([
		[/<input(?![^>]*type="(checkbox|range)")/, ['NumberField.svelte', 'TextField.svelte']],
		[/<textarea/, []]
	])('write %s nowhere else', (field, files) => {
		const folder = 'src/lib/components/inspector';
		const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
			(file) => file.endsWith('.svelte') && field.test(readFileSync(`${folder}/${file}`, 'utf8'))
		);
		expect(found.sort()).toEqual(files);
	});
});

describe('a list', () => {
	it.each([
		[
			[['a'], [''], ['b']],
			['a', 'b']
		],
		[[[''], ['']], undefined]
	])('of texts sends of %j only what is filled: %j', (lines, value) => {
		expect(strings.valueOf(lines)).toEqual(value);
		expect(value && strings.linesOf(value)).toEqual(value?.map((one) => [one]));
	});

	it.each([
		[
			[
				['team', 'a'],
				['', 'left out'],
				['empty', '']
			],
			{ team: 'a', empty: '' }
		],
		[[['', 'x']], undefined]
	])('of named texts sends of %j only what has a name: %j', (lines, value) => {
		expect(pairs.valueOf(lines)).toEqual(value);
		expect(value && pairs.linesOf(value)).toEqual(value && Object.entries(value));
	});

	it('has a line to write in before there is a value, and no more lines than the service takes', () => {
		const props = { name: 'stop', max: 2, shape: strings, onvalue: nothing };
		const empty = draw(ListField<string[]>, { ...props, value: undefined });
		expect(empty).toContain('aria-label="stop 1"');
		expect(empty).toContain('Not sent until one has text.');
		expect(empty).toContain('Add another');
		const full = draw(ListField<string[]>, { ...props, value: ['a', 'b'] });
		expect(full).toContain('aria-label="Remove 2"');
		expect(full).not.toContain('Add another');
	});

	it('offers the texts that are known', () => {
		const props = { name: 'include', max: 9, shape: strings, choices: ['x.y'], onvalue: nothing };
		const html = draw(ListField<string[]>, { ...props, value: undefined });
		const [, id] = /<datalist id="([^"]+)"/.exec(html) ?? [];
		expect(id).toBeDefined();
		expect(html).toContain(`list="${id}"`);
	});
});

describe('a field for JSON', () => {
	it('says nothing of a value, and is empty without one', () => {
		const props = { name: 'metadata', onvalue: nothing };
		expect(draw(JsonField, { ...props, value: { a: 1 } })).toContain('"a": 1');
		expect(draw(JsonField, { ...props, value: undefined })).toContain('aria-invalid="false"');
		expect(sayOf(JsonField, { ...props, value: 'text' })).not.toContain('Not');
	});
});
