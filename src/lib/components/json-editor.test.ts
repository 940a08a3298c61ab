import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import JsonEditor from './JsonEditor.svelte';

const shown = { value: '{"a": 1,}', label: 'Request body' };

describe('an editor of JSON that is not loaded yet, or cannot be', () => {
	it('is a plain field with its name, its text and no spelling help', () => {
		const { body } = render(JsonEditor, { props: { ...shown, onvalue: () => undefined } });
		expect(body).toMatch(/<textarea[^>]* aria-label="Request body"[^>]*>\{"a": 1,\}<\/textarea>/);
		expect(body).toMatch(/spellcheck="false"/);
		expect(body).not.toMatch(/readonly/);
	});

	it('cannot be changed where nobody listens', () => {
		expect(render(JsonEditor, { props: shown }).body).toMatch(/<textarea[^>]* readonly/);
	});

	it('reads out what is wrong with its text', () => {
		const problem = { at: 8, message: 'Line 1, column 9' };
		const { body } = render(JsonEditor, { props: { ...shown, problem } });
		const [, id] = /aria-describedby="([^"]+)"/.exec(body) ?? [];
		expect(body).toContain('aria-invalid="true"');
		expect(body).toMatch(new RegExp(`<span[^>]*\\bid="${id}"[^>]*>Line 1, column 9</span>`));
	});
});
