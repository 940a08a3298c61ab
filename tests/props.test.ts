import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '../src');
const components = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
	file.endsWith('.svelte')
);

/** The few fields of a syntax tree that are looked at here. */
interface Node {
	type: string;
	name?: string;
	key?: Node;
	members?: Node[];
	types?: Node[];
	properties?: Node[];
	typeAnnotation?: Node;
	id?: Node;
	init?: { type: string; callee?: Node } | null;
	declarations?: Node[];
}

/** The props that a type written in place declares; those of a named type belong to where it is declared. */
function declaredIn(type: Node | undefined): string[] {
	if (type?.type === 'TSIntersectionType') return (type.types ?? []).flatMap(declaredIn);
	if (type?.type !== 'TSTypeLiteral') return [];
	return (type.members ?? []).flatMap(({ key }) => key?.name ?? []);
}

/** The declaration that takes a component's props. */
function findPattern(code: string): Node | undefined {
	const body = (parse(code, { modern: true }).instance?.content.body ?? []) as unknown as Node[];
	return body
		.flatMap(({ declarations = [] }) => declarations)
		.find(({ init, id }) => {
			const isProps = init?.type === 'CallExpression' && init.callee?.name === '$props';
			return isProps && id?.type === 'ObjectPattern';
		})?.id;
}

/** The props that a component's type declares and that it never takes. A rest element takes all. */
function findUnusedProps(code: string): string[] {
	const { properties = [], typeAnnotation } = findPattern(code) ?? { type: '' };
	if (properties.some(({ type }) => type === 'RestElement')) return [];
	const taken = new Set(properties.map(({ key }) => key?.name));
	return declaredIn(typeAnnotation?.typeAnnotation).filter((name) => !taken.has(name));
}

describe('the props of components', () => {
	it('are found where they are not taken', () => {
		const code = (left: string, type: string) =>
			`<script lang="ts">let { ${left} }: ${type} = $props();</script>`;
		expect(findUnusedProps(code('a', '{ a: string; b?: number }'))).toEqual(['b']);
		expect(findUnusedProps(code('a: c', '{ a: string } & { b: () => void }'))).toEqual(['b']);
		expect(findUnusedProps(code('a, ...rest', '{ a: string; b: string }'))).toEqual([]);
	});

	it('are all taken, and declared where this can read it', () => {
		const sources = components.map(
			(file) => [file, readFileSync(join(src, file), 'utf8')] as const
		);
		const declaring = sources.filter(([, code]) => code.includes('$props()'));
		expect(declaring.length).toBeGreaterThan(50);
		expect(declaring.filter(([, code]) => findPattern(code) === undefined)).toEqual([]);
		expect(
			declaring.flatMap(([file, code]) => findUnusedProps(code).map((name) => `${file}: ${name}`))
		).toEqual([]);
	});
});
