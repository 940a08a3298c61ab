import { readFileSync } from 'node:fs';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import Answer from './Answer.svelte';
import { GrowingText } from '../../state/growing-text.ts';
import Reasoning from './Reasoning.svelte';

interface Attacks {
	dompurify: string[];
	markdown: string[];
}
const attacks: Attacks = JSON.parse(
	readFileSync(new URL('../../../../tests/fixtures/attacks.json', import.meta.url), 'utf8')
);

/** Every element the components may make, with its attributes; `class` and `aria-hidden` are allowed on all. */
const allowed: Record<string, string[]> = {
	div: ['role', 'aria-label', 'tabindex', 'data-testid'],
	p: [],
	h3: [],
	h4: [],
	h5: [],
	h6: [],
	ol: ['start'],
	ul: [],
	li: [],
	input: ['type', 'disabled', 'checked', 'aria-label'],
	blockquote: [],
	hr: [],
	br: [],
	figure: [],
	figcaption: [],
	span: [],
	pre: ['tabindex'],
	code: [],
	button: ['type', 'aria-label', 'title'],
	svg: [
		'xmlns',
		'width',
		'height',
		'viewBox',
		'fill',
		'stroke',
		'stroke-width',
		'stroke-linecap',
		'stroke-linejoin'
	],
	rect: ['width', 'height', 'x', 'y', 'rx', 'ry'],
	path: ['d'],
	table: [],
	thead: [],
	tbody: [],
	tr: [],
	th: ['scope'],
	td: [],
	strong: [],
	em: [],
	del: [],
	a: ['href', 'target', 'rel'],
	bdi: [],
	details: ['open'],
	summary: []
};

describe('Answer', () => {
	it.each([...attacks.dompurify, ...attacks.markdown])(
		'makes no more of it than text: %s',
		(text) => {
			for (const [body, where] of [
				[bodyOf(text), 'finished'],
				[bodyOf(text, false), 'live'],
				[bodyOf(`- x\n\n  > ${text}\n\n| a |\n|---|\n| ${text} |`), 'nested'],
				[bodyOf(text, true, true), 'plain']
			] as const) {
				expect(findStrange(body), where).toEqual([]);
			}
		}
	);

	it.each([
		[
			'[a](https://b.example/c)',
			'<a href="https://b.example/c" target="_blank" rel="noopener noreferrer">a</a> (b.example)'
		],
		[
			'https://b.example/c',
			'<a href="https://b.example/c" target="_blank" rel="noopener noreferrer">https://b.example/c</a>'
		],
		[
			'[https://aws.amazon.com](https://evil.example)',
			'<a href="https://evil.example/" target="_blank" rel="noopener noreferrer">https://aws.amazon.com</a> (evil.example)'
		],
		[
			'<https://aws.amazon.com@evil.example/>',
			'<a href="https://aws.amazon.com@evil.example/" target="_blank" rel="noopener noreferrer">https://aws.amazon.com@evil.example/</a> (evil.example)'
		],
		[
			'<https://\u0430ws.amazon.com/>',
			'<a href="https://xn--ws-6kc.amazon.com/" target="_blank" rel="noopener noreferrer">https://\u0430ws.amazon.com/</a> (xn--ws-6kc.amazon.com)'
		],
		[
			'[\u200b](https://b.example)',
			'<a href="https://b.example/" target="_blank" rel="noopener noreferrer">b.example</a>'
		],
		[
			'[a](mailto:b@c.example?body=x)',
			'<a href="mailto:b@c.example?body=x" target="_blank" rel="noopener noreferrer">a</a> (b@c.example)'
		],
		['[a](javascript:alert\\(1\\))', 'a (javascript:alert(1))'],
		['[a](java&Tab;script:x)', 'a (java\tscript:x)'],
		['[a](/b)', 'a (/b)'],
		['[a](#/s/1.x)', 'a (#/s/1.x)'],
		['[a](x:\u202eb)', 'a (x:⟨U+202E⟩b)'],
		['![alt](https://b.example/c.png)', '[image: alt · b.example]'],
		['![](data:image/png;base64,AA)', '[image: data:]'],
		['![alt](c.png)', '[image: alt]'],
		[
			'a &lt;b&gt; &amp;lt; &copy; &nope; `&lt;` \\&lt;',
			'a &lt;b> &amp;lt; © &amp;nope; <code>&amp;lt;</code> &amp;lt;'
		],
		['<b>x</b>', '&lt;b>x&lt;/b>'],
		['**b** *e* ~~d~~', '<strong>b</strong> <em>e</em> <del>d</del>'],
		['*强调*', '<em class="cjk">强调</em>']
	])('draws %s', (text, html) => {
		const inner = /<p[^>]*>(.*)<\/p>/s.exec(strip(bodyOf(text)))?.[1];
		expect(inner?.replace(/<bdi[^>]*>|<\/bdi>|<span[^>]*>|<\/span>/g, '')).toBe(html);
	});

	it('draws lists, tasks, tables and code', () => {
		const drawn = strip(
			bodyOf(
				'3. a\n4. b\n\n- [x] t\n\n| h | n |\n|---|--:|\n| c | 1 |\n\n```ts x\nlet a;\n```\n\n# H'
			)
		);
		const body = drawn.replaceAll('> <', '><');
		expect(body).toContain('<ol class="list" start="3"><li><p>a</p></li><li><p>b</p></li></ol>');
		expect(body).toContain(
			'<li class="task"><input type="checkbox" disabled="" checked="" aria-label="Done"/><p>t</p></li>'
		);
		expect(body).toContain('<th scope="col">h</th><th scope="col" class="right">n</th>');
		expect(body).toContain('<figcaption><span>ts</span>');
		expect(body).toContain('<pre tabindex="0"><code>let a;</code></pre>');
		expect(body).toContain('<h3 class="h1">H</h3>');
	});

	it('shows 2,000 cells of a table and says how many are left out', () => {
		const body = bodyOf(`|a|b|\n|-|-|\n${'|1|2|\n'.repeat(5000)}`);
		expect(body.match(/<t[hd][ >]/g)).toHaveLength(2000);
		expect(body).toContain('8,002 cells are not shown');
	});

	it('shows plain text as it stands', () => {
		const body = strip(bodyOf('a **b**\n\n\n<c>\r\nd', true, true));
		expect(body).toContain('<p>a **b**\n\n\n</p><p>&lt;c>\nd</p>');
	});

	it.each([
		['a list', '1. One is the first.\n2. Two is the next.\n3. Three ends it.\n'],
		['a table', '| a | b |\n|---|---|\n| one | two |\n| three | four |\n']
	])('shows of %s at any time all that has come', (_, text) => {
		for (let size = 1; size < text.length; size++) {
			const source = new GrowingText();
			render(Answer, { props: { source, plain: false } });
			for (let at = 0; at < text.length; at += size) {
				source.append(text.slice(at, at + size));
				const { body } = render(Answer, { props: { source, plain: false } });
				expect(lettersOf(body)).toBe(lettersOf(bodyOf(text.slice(0, at + size), false)));
			}
		}
	});

	it('draws the same whether the text came at once or in pieces, in both views', () => {
		const text = attacks.markdown.join('\n\n');
		for (const plain of [false, true]) {
			const source = new GrowingText();
			render(Answer, { props: { source, plain } });
			for (let i = 0; i < text.length; i += 11) source.append(text.slice(i, i + 11));
			source.end();
			expect(source.text).toBe(text);
			const { body } = render(Answer, { props: { source, plain } });
			expect(body === bodyOf(text, true, plain)).toBe(true);
		}
	});
});

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
		expect(body).toContain('Let &lt;me> think');
		expect(body).toContain('1.2 kB');
		expect(findStrange(body)).toEqual([]);
	});
});

function bodyOf(text: string, ended = true, plain = false): string {
	const source = new GrowingText(text);
	if (ended) source.end();
	return render(Answer, { props: { source, plain } }).body;
}

/** The text of a page without its spaces. */
function lettersOf(html: string): string {
	return html.replace(/<[^>]*>|\s/g, '');
}

/** Without Svelte's comments and its classes for scoped styles. */
function strip(html: string): string {
	return html
		.replace(/<!--.*?-->/gs, '')
		.replace(/ ?svelte-[\da-z]+/g, '')
		.replace(/ class="(?: *)"/g, '')
		.replace(/ class=" +/g, ' class="')
		.replace(/>[\t\n ]+</g, (space) => (space.includes('\n') ? '><' : space));
}

/** Elements, attributes and addresses that are not on the list. */
function findStrange(html: string): string[] {
	const strange: string[] = [];
	for (const [tag, name = '', attributes = ''] of html
		.replace(/<!--.*?-->/gs, '')
		.matchAll(/<\/?([^\s>/]+)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*\/?>?/g)) {
		const known = allowed[name];
		if (known === undefined || !tag.endsWith('>')) strange.push(tag);
		for (const [whole, attribute = '', value = ''] of attributes.matchAll(
			/([^\s=]+)(?:="([^"]*)")?/g
		)) {
			if (attribute !== 'class' && attribute !== 'aria-hidden' && !known?.includes(attribute)) {
				strange.push(whole);
			}
			if (attribute === 'href' && !/^(?:https?:\/\/|mailto:)/.test(value)) strange.push(whole);
		}
	}
	return strange;
}
