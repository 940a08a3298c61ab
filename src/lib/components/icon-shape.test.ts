import Eye from 'lucide/dist/esm/icons/eye.mjs';
import ChevronsUpDown from 'lucide/dist/esm/icons/chevrons-up-down.mjs';
import { describe, expect, it } from 'vitest';
import { pathOf } from './icon-shape.ts';

describe('an icon as one path', () => {
	it('begins each piece where it says, also after another one', () => {
		expect(pathOf(ChevronsUpDown)).toBe('M0 0m7 15 5 5 5-5M0 0m7 9 5-5 5 5');
	});

	it('draws a circle as two half turns', () => {
		expect(pathOf(Eye)).toMatch(/M9 12a3 3 0 0 1 6 0a3 3 0 0 1 -6 0$/);
	});

	it('draws a rectangle with its round corners', () => {
		const corners = { width: '18', height: '11', x: '3', y: '11', rx: '2' };
		expect(pathOf([['rect', corners]])).toBe(
			'M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-7a2 2 0 0 1 2 -2z'
		);
	});

	it('draws a line', () => {
		expect(pathOf([['line', { x1: '1', x2: '3', y1: '2', y2: '4' }]])).toBe('M1 2L3 4');
	});
});
