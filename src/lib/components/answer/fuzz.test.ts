import { Lexer } from 'marked';
import { readFileSync } from 'node:fs';
import { it, expect } from 'vitest';
import { Blocks } from './blocks.ts';
const T: any = null;
export function canon(tokens: any[], inList = false): any {
	return tokens
		.filter((t) => t.type !== 'space' && t.type !== 'def' && t.type !== 'checkbox')
		.map((t) => {
			let { raw, tokens, items, rows, header, loose, ...r } = t;
			if (t.type === 'list') {
				delete r.text;
				return {
					type: 'list',
					ordered: t.ordered,
					start: t.start,
					loose,
					items: items.map((i: any) => ({
						task: i.task,
						checked: !!i.checked,
						tokens: canon(i.tokens, true)
					}))
				};
			}
			if (t.type === 'table')
				return {
					type: 'table',
					align: t.align,
					header: header.map((c: any) => canon(c.tokens)),
					rows: rows.map((x: any) => x.map((c: any) => canon(c.tokens)))
				};
			if (inList && r.type === 'text' && tokens) r.type = 'paragraph';
			if (r.type === 'blockquote' || (tokens && ['paragraph', 'heading', 'text'].includes(r.type)))
				delete r.text;
			if (tokens) r.tokens = canon(tokens, inList);
			return r;
		});
}
const whole = (s: string) => canon(new Lexer().lex(s));
function run(s: string, cuts: number[]) {
	const b = new Blocks();
	let p = 0;
	for (const c of [...cuts, s.length]) {
		b.append(s.slice(p, c));
		p = c;
	}
	b.end();
	return b;
}
let seed = Number(process.env.SEED ?? 1);
const rnd = () => {
	seed = (seed * 1664525 + 1013904223) >>> 0;
	return seed / 2 ** 32;
};
const pick = <X>(a: X[]) => a[Math.floor(rnd() * a.length)]!;
const frags = [
	'para one',
	'**bold** and `code`',
	'\n',
	'\n\n',
	'\n\n\n',
	'- item',
	'\n- b',
	'\n  - nested',
	'\n\n  para in item',
	'1. one',
	'\n2. two',
	'\n7) x',
	'```ts\n',
	'const a = 1;\n',
	'```',
	'~~~',
	'\n```\n',
	'> quote',
	'\n> more',
	'lazy',
	'# H',
	'\n## H2\n',
	'---',
	'\n===\n',
	'| a | b |\n|---|---|\n',
	'| 1 | 2 |\n',
	'|:-|\n',
	'a | b\n',
	'--- | ---\n',
	'<div>',
	'</div>\n',
	'<b>x</b>',
	'<!-- c',
	'-->',
	'    code\n',
	'\t',
	'  ',
	'[a][r]',
	'[x](https://a.b)',
	'![i](u)',
	'- [ ] task',
	'\n- [x] done',
	'* * *',
	'***',
	'_em_',
	'~~del~~',
	'&lt;',
	'\\*',
	'<https://a.b>',
	'www.a.bc',
	'a@b.cd',
	'\r\n',
	'\r',
	'*',
	'_',
	'`',
	'``',
	'> - ql',
	'\n>   x',
	'1.',
	'10. ten',
	'-',
	'+ p',
	'=',
	'|',
	'<script>',
	'</script>',
	'<p>\n',
	'  \n',
	'\\\n',
	':',
	'word ',
	'one, two',
	'x_y_z',
	'<x',
	'<details>\n\n',
	'<?php',
	'![CDATA['
];
it('fuzz', () => {
	const N = Number(process.env.N ?? 3000);
	let bad = 0;
	for (let k = 0; k < N; k++) {
		let s = '';
		const n = 1 + Math.floor(rnd() * 14);
		for (let i = 0; i < n; i++) s += pick(frags) + (rnd() < 0.4 ? '\n' : rnd() < 0.2 ? '\n\n' : '');
		const w = JSON.stringify(whole(s));
		const cuts: number[] = [];
		const mode = k % 3;
		for (let i = 1; i < s.length; i++)
			if (mode === 0 || (mode === 1 && rnd() < 0.2) || (mode === 2 && rnd() < 0.05)) cuts.push(i);
		const b = run(s, cuts);
		const g = JSON.stringify(canon(b.closed));
		if (g !== w) {
			bad++;
			if (bad < 6)
				console.log(
					JSON.stringify(s),
					JSON.stringify(mode === 0 ? 'each' : cuts),
					'\nGOT ',
					g,
					'\nWANT',
					w
				);
		}
	}
	console.log('bad', bad, 'of', N);
	expect(1).toBe(1);
}, 600000);
it('cost', () => {
	const v =
		readFileSync('/work/shared/design.md', 'utf8') +
		readFileSync('/work/shared/bedrock.md', 'utf8');
	const md = v.slice(0, 50000);
	for (const n of [10, 16, 40]) {
		const b = new Blocks();
		const t = performance.now();
		for (let i = 0; i < md.length; i += n) b.append(md.slice(i, i + n));
		b.end();
		console.log(
			'chunk',
			n,
			'lexed x',
			(b.lexed / md.length).toFixed(2),
			(performance.now() - t).toFixed(0) + 'ms',
			JSON.stringify(canon(b.closed)) === JSON.stringify(whole(md))
		);
	}
	for (const [name, s] of [
		['list10k', Array.from({ length: 10000 }, (_, i) => `- item number ${i} **b**\n`).join('')],
		['words', 'lorem ipsum dolor sit amet. '.repeat(20000)],
		['aaa', 'a'.repeat(500000)],
		['lines', 'hello *world* this is\n'.repeat(20000)],
		['table', '|a|b|\n|-|-|\n' + '| x | `y` |\n'.repeat(5000)],
		['fence', '```ts\n' + 'const a = 1;\n'.repeat(20000)],
		['quote', '> hello *x*\n'.repeat(5000)],
		['item', '- a\n' + '  - nested thing **x**\n'.repeat(5000)],
		['under', '_a'.repeat(30000)],
		['nestq', '> '.repeat(5000) + 'x'],
		['nestl', '- '.repeat(3000) + 'x'],
		['br', '['.repeat(50000)]
	] as [string, string][]) {
		const b = new Blocks();
		let worst = 0;
		const t = performance.now();
		for (let i = 0; i < s.length; i += 20) {
			const u = performance.now();
			b.append(s.slice(i, i + 20));
			worst = Math.max(worst, performance.now() - u);
		}
		b.end();
		const ms = performance.now() - t;
		const u = performance.now();
		const c = new Blocks();
		c.append(s);
		c.end();
		console.log(
			name,
			s.length,
			'lexed x',
			(b.lexed / s.length).toFixed(2),
			ms.toFixed(0) +
				'ms worst ' +
				worst.toFixed(1) +
				' at once ' +
				(performance.now() - u).toFixed(0) +
				'ms x' +
				(c.lexed / s.length).toFixed(1)
		);
	}
	expect(1).toBe(1);
}, 600000);
