import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../app.css'), 'utf8');
const cjk = /PingFang|Hiragino|YaHei|CJK|Source Han|WenQuanYi/;

describe('the stacks of fonts', () => {
	it.each([
		['--font-ui', ['-apple-system', 'Segoe UI', 'system-ui', 'sans-serif']],
		['--font-mono', ['ui-monospace', 'Menlo', 'Consolas', 'monospace']]
	])('of %s name a Latin face of every system before any CJK face', (name, needed) => {
		const stack = new RegExp(`${name}:([^;]*);`).exec(css)?.[1] ?? '';
		const faces = stack.split(',').map((face) => face.trim().replaceAll("'", ''));
		const first = faces.findIndex((face) => cjk.test(face));
		expect(first).toBeGreaterThan(0);
		expect(faces.slice(0, first)).toEqual(expect.arrayContaining(needed));
		expect(faces.slice(first).filter((face) => !cjk.test(face))).toEqual([]);
	});

	it('ask for system-ui only after the faces of Windows, because on a Chinese one it sets Latin in YaHei', () => {
		const stack = /--font-ui:([^;]*);/.exec(css)?.[1] ?? '';
		expect(stack.indexOf("'Segoe UI'")).toBeGreaterThan(0);
		expect(stack.indexOf('system-ui')).toBeGreaterThan(stack.indexOf("'Segoe UI'"));
	});
});

describe('a button that cannot be pressed', () => {
	it('is drawn as such also under the pointer: no hover of a coloured button beats it', () => {
		for (const file of ['Button.svelte', 'IconButton.svelte']) {
			const code = readFileSync(join(import.meta.dirname, file), 'utf8');
			const hovers = code.match(/:(?:hover|active)[^{]*\{/g) ?? [];
			expect(hovers.length).toBeGreaterThan(0);
			expect(hovers.filter((rule) => !rule.includes(':enabled'))).toEqual([]);
		}
	});
});

describe('what is chosen', () => {
	it('is marked by a role or state that forced colours draw', () => {
		const forced = /@media \(forced-colors: active\) \{(.*?)\n\}/s.exec(css)?.[1] ?? '';
		const used = new Set(
			readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
				.filter((file) => file.endsWith('.svelte'))
				.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
				.flatMap((code) => code.match(/\baria-(selected|checked|pressed|current)(?==)/g) ?? [])
		);
		expect(used.size).toBe(4);
		expect([...used].filter((state) => !forced.includes(state))).toEqual([]);
		expect(forced).toContain("[role='switch']");
		expect(forced).toContain("input[type='range']");
	});
});
