import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import { GrowingText } from '../../state/growing-text.ts';
import Reasoning from './Reasoning.svelte';

describe('Reasoning', () => {
	it.each([
		[true, 800, '<details open', 'Thinking</span> <span class="time">0.8 s</span>'],
		[false, 65_000, '<details', 'Thinking</span> <span class="time">1 min 5 s</span>']
	])('is open while live: %s', (live, ms, start, name) => {
		const props = { source: new GrowingText('Let <me> think'), live, ms, redacted: 1200 };
		const body = strip(render(Reasoning, { props }).body);
		expect(body).toContain(start);
		expect(body.includes('<details open')).toBe(live);
		expect(body).toContain(name);
		expect(body).toContain('Redacted reasoning, 1.2 kB (kept and sent back unchanged)');
	});

	it('tells of a signature that came alone', () => {
		const props = { source: new GrowingText(''), live: false, signed: 300 };
		expect(strip(render(Reasoning, { props }).body)).toContain('its signature, 300 B, is kept');
	});
});

/** Without Svelte's comments and its classes for scoped styles. */
function strip(html: string): string {
	return html
		.replace(/<!--.*?-->/gs, '')
		.replace(/ ?svelte-[\da-z]+/g, '')
		.replace(/ class="(?: *)"/g, '')
		.replace(/ class=" +/g, ' class="')
		.replace(/>[\t\n ]+</g, (space) => (space.includes('\n') ? '><' : space));
}
