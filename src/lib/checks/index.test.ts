import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks as words } from '../text/en/checks.ts';
import type { Checked, Warning } from './check.ts';
import { checks, identify } from './index.ts';

const files = readdirSync(import.meta.dirname).filter(
	(file) => !/^(check|index|test-kit)\.ts$|\.test\.ts$/.test(file)
);
const sources = files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));

function quoted(field: 'code' | 'label'): string[] {
	return sources.flatMap((source) =>
		[...source.matchAll(new RegExp(`\\b${field}: '([^']+)'`, 'g'))].map(([, word = '']) => word)
	);
}

describe('the rules', () => {
	it('are all in the list', () => {
		const exported = sources.flatMap(
			(source) => source.match(/^export const \w+: Check\b/gm) ?? []
		);
		expect(exported.length).toBe(checks.length);
	});

	it('have a sentence for each code and words for each button', () => {
		expect(quoted('code').length).toBeGreaterThan(0);
		expect(quoted('code').filter((code) => words.sentences[code] === undefined)).toEqual([]);
		expect(quoted('label').filter((label) => words.fixes[label] === undefined)).toEqual([]);
	});

	it('have no words that nothing says', () => {
		const all = sources.join('\n');
		const isSaid = (code: string): boolean => all.includes(`'${code}'`);
		expect(Object.keys(words.sentences).filter((code) => !isSaid(code))).toEqual([]);
		expect(Object.keys(words.fixes).filter((label) => !isSaid(label))).toEqual([]);
	});

	it('have names by which what they find is found again when messages have other ids', () => {
		const found: Warning[] = [
			{ code: 'a', at: { param: 'topP' } },
			{ code: 'a', at: { field: ['x', 'y'] } },
			{ code: 'a', at: { message: 'm2' } },
			{ code: 'a', at: { message: 'm2' } },
			{ code: 'a' }
		];
		const idsWith = (...ids: string[]) => {
			const messages = ids.map((id) => ({ id, role: 'user' as const, parts: [] }));
			const checked = { draft: { model: 'm', params: {}, messages } } as unknown as Checked;
			const moved = found.map((one) =>
				one.at && 'message' in one.at ? { ...one, at: { message: ids[1] ?? '' } } : one
			);
			return identify(moved, checked).map(({ id }) => id);
		};
		const names = idsWith('m1', 'm2');
		expect(new Set(names).size).toBe(found.length);
		expect(idsWith('other', 'ids')).toEqual(names);
	});
});
