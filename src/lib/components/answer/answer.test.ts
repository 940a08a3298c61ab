// @vitest-environment happy-dom
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { GrowingText } from '../../state/growing-text.ts';
import { MarkdownView } from './markdown-view.ts';
import { PlainView } from './plain-view.ts';
import { slices } from './slices.ts';
import type { TextView } from './text-view.ts';

interface Attacks {
	dompurify: string[];
	markdown: string[];
}
const attacks: Attacks = JSON.parse(
	readFileSync(join(import.meta.dirname, '../../../../tests/fixtures/attacks.json'), 'utf8')
);

/** Every element that may be made, with its attributes; `class` is allowed on all. */
const allowed: Record<string, string[]> = {
	div: ['role', 'aria-label', 'tabindex', 'style'],
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
	bdi: []
};

/** Beside the project where they were gathered; see its list for what they are. */
const corpora = join(import.meta.dirname, '../../../../../shared/corpora');

/** Lets a text grow to `text`, which begins with what it is. */
function growTo(source: GrowingText, text: string): void {
	source.grow(text, text.slice(source.text.length));
}

describe('Answer', () => {
	it.each([...attacks.dompurify, ...attacks.markdown])(
		'makes no more of it than text: %s',
		(text) => {
			for (const [root, where] of [
				[rootOf(text), 'finished'],
				[rootOf(text, false), 'live'],
				[rootOf(`- x\n\n  > ${text}\n\n| a |\n|---|\n| ${text} |`), 'nested'],
				[rootOf(text, true, true), 'plain']
			] as const) {
				expect(findStrange(root), where).toEqual([]);
			}
		}
	);

	it.skipIf(!existsSync(corpora))(
		'makes no more than text of whole corpora of attacks',
		() => {
			const read = (file: string): Record<string, unknown>[] =>
				JSON.parse(readFileSync(join(corpora, file), 'utf8'));
			const texts = [
				...read('dompurify/expect.json').map(({ payload }) => String(payload)),
				...read('markdown-llm/vectors.json').map(({ md, rep }) =>
					String(md ?? '').repeat(Math.min(2000, Number(rep ?? 1)))
				)
			];
			expect(texts.length).toBeGreaterThan(500);
			for (const text of texts) expect(findStrange(rootOf(text)), text.slice(0, 200)).toEqual([]);
		},
		60_000
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
		['*强调*', '<em class="cjk">强调</em>'],
		['古池や\n蛙飛び込む\n水の音', '古池や<br>蛙飛び込む<br>水の音'],
		['a ~ b ~ c', 'a ~ b ~ c'],
		['5~10 min, 3~4 times', '5~10 min, 3~4 times'],
		['**历经10年发展，**年', '<strong>历经10年发展，</strong>年'],
		['他说**“你好”**吧', '他说<strong>“你好”</strong>吧'],
		['这是**「重要」**的', '这是<strong>「重要」</strong>的'],
		['*強調。*後', '<em class="cjk">強調。</em>後'],
		['**중요(重要)**는', '<strong>중요(重要)</strong>는'],
		['中文 **强调**，**再**来', '中文 <strong>强调</strong>，<strong>再</strong>来'],
		['a**"b"**c', 'a**"b"**c'],
		['a <br> b', 'a &lt;br> b']
	])('draws %s', (text, html) => {
		const inner = /<p[^>]*>(.*)<\/p>/s.exec(bodyOf(text))?.[1];
		expect(inner?.replace(/<bdi[^>]*>|<\/bdi>|<span[^>]*>|<\/span>/g, '')).toBe(html);
	});

	it('draws lists, tasks, tables and code', () => {
		const drawn = bodyOf(
			'3. a\n4. b\n\n- [x] t\n\n| h | n |\n|---|--:|\n| c | 1 |\n\n```ts x\nlet a;\n```\n\n# H'
		);
		const body = drawn.replaceAll('> <', '><');
		expect(body).toContain('<ol start="3" class="list"><li><p>a</p></li><li><p>b</p></li></ol>');
		expect(body).toContain(
			'<li class="task"><input type="checkbox" disabled="" checked="" aria-label="Done"><p class="first">t</p></li>'
		);
		expect(body).toContain('<th scope="col">h</th><th class="right" scope="col">n</th>');
		expect(body).toContain('<figcaption><span>ts</span>');
		expect(body).toContain('<pre tabindex="0"><code>let a;</code></pre>');
		expect(body).toContain('<h3 class="h1">H</h3>');
	});

	it('breaks a line in a cell at <br>, and makes no other element of HTML there', () => {
		const body = bodyOf('| a |\n|---|\n| **b<br>c**<br/>d <b>e</b> |');
		expect(body).toContain('<td><strong>b<br>c</strong><br>d &lt;b>e&lt;/b></td>');
	});

	it('keeps a block of Markdown that holds fences of its own in one', () => {
		const inside = '# Use\n\n```bash\nnpm i\n```\n\nThen:\n\n```\nplain\n```';
		const text = (mark: string) =>
			`Here:\n\n${mark}markdown\n# Use\n\n\`\`\`bash\nnpm i\n\`\`\`\n\nEnd.\n${mark}\n\nBye.\n`;
		for (const mark of ['```', '````']) {
			const root = rootOf(text(mark));
			expect(Array.from(root.querySelectorAll('code'), (code) => code.textContent)).toEqual([
				'# Use\n\n```bash\nnpm i\n```\n\nEnd.'
			]);
			expect(blocksOf(root)).toHaveLength(3);
			const source = new GrowingText();
			const { root: grown } = source.open(MarkdownView);
			for (let end = 1; end <= text(mark).length; end++) growTo(source, text(mark).slice(0, end));
			source.end();
			slices.finish();
			expect(blocksOf(grown)).toEqual(blocksOf(root));
		}
		// A longer fence outside holds bare fences, too: CommonMark's own way.
		expect(rootOf(`\`\`\`\`md\n${inside}\n\`\`\`\`\n`).querySelectorAll('figure')).toHaveLength(1);
	});

	it('shows 2,000 cells of a table and says how many are left out', () => {
		const body = bodyOf(`|a|b|\n|-|-|\n${'|1|2|\n'.repeat(5000)}`);
		expect(body.match(/<t[hd][ >]/g)).toHaveLength(2000);
		expect(body).toContain('8,002 cells are not shown');
	});

	it('shows plain text as it stands', () => {
		const body = bodyOf('a **b**\n\n\n<c>\r\nd', true, true);
		expect(body).toContain('<p>a **b**\n\n\n</p><p>&lt;c>\nd</p>');
	});

	it.each([
		['a list', '1. One is the first.\n2. Two is the next.\n3. Three ends it.\n'],
		['a table', '| a | b |\n|---|---|\n| one | two |\n| three | four |\n']
	])('shows of %s at any time all that has come', (_, text) => {
		for (let size = 1; size < text.length; size++) {
			const source = new GrowingText();
			const { root } = source.open(MarkdownView);
			for (let end = size; end < text.length + size; end += size) {
				growTo(source, text.slice(0, end));
				slices.finish();
				expect(lettersOf(root)).toBe(lettersOf(rootOf(text.slice(0, end), false)));
			}
		}
	});

	it('keeps the elements of what has not changed while text comes', () => {
		const source = new GrowingText('First.\n\n- one\n- two **b');
		const { root } = source.open(MarkdownView);
		slices.finish();
		const before = [...root.querySelectorAll('p, li')];
		expect(before).toHaveLength(5);
		growTo(source, 'First.\n\n- one\n- two **bold** and more\n- three\n\nEnd.');
		source.end();
		slices.finish();
		const after = root.querySelectorAll('p, li');
		for (const [i, element] of before.entries()) expect(after[i] === element, `${i}`).toBe(true);
		expect(blocksOf(root).join('')).toBe(bodyOf(source.text));
	});

	it.each([
		['5,000 items', '1. item\n'.repeat(5000), 'li', 5000],
		['2,000 links', '- [a](https://b.example/c)\n'.repeat(2000), 'a', 2000],
		['2,000 paragraphs', 'A line of text.\n\n'.repeat(2000), 'p', 2000],
		['code of 250 kB', `\`\`\`\n${'const a = 1;\n'.repeat(19_200)}\`\`\`\n`, '.piece', 300]
	])(
		'draws the first slice of %s at once and the rest in steps',
		(_, text, selector, count) => {
			const source = new GrowingText(text);
			source.end();
			// By a clock that each look sets on by a millisecond: on a fast machine all of it would fit into the first slice.
			let now = performance.now();
			const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1));
			const { root } = source.open(MarkdownView);
			clock.mockRestore();
			const first = root.querySelectorAll(selector).length;
			expect(first).toBeGreaterThan(0);
			expect(first).toBeLessThan(count);
			slices.finish();
			expect(root.querySelectorAll(selector)).toHaveLength(count);
			for (const list of root.querySelectorAll('ol')) {
				expect(list.children.length).toBeLessThanOrEqual(200);
			}
			for (const section of root.children) expect(section.children.length).toBeLessThanOrEqual(24);
			expect(lettersOf(root).length).toBeGreaterThan(0);
		},
		60_000
	);

	it('numbers a list that goes on as another one without a gap', () => {
		const starts = [...rootOf('7. item\n'.repeat(500)).querySelectorAll('ol')].map((list) =>
			list.getAttribute('start')
		);
		expect(starts).toEqual(['7', '207', '407']);
	});

	it.each<[string, new () => TextView]>([
		['Markdown', MarkdownView],
		['plain text', PlainView]
	])(
		'draws the same whether it came at once or in pieces: %s',
		(_, Kind) => {
			const text = attacks.markdown.join('\n\n');
			const whole = rootOf(text, true, Kind === PlainView);
			// The first slice ends after so many looks at the clock, and what is left then is drawn at the end.
			for (const looks of [0, 520, 800, 1600, Infinity]) {
				let calls = 0;
				const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
					calls += 1;
					return calls > looks ? calls * 100 : 0;
				});
				const source = new GrowingText();
				const { root } = source.open(Kind);
				for (let end = 11; end < text.length + 11; end += 11) growTo(source, text.slice(0, end));
				source.end();
				clock.mockRestore();
				slices.finish();
				expect(source.text).toBe(text);
				expect(blocksOf(root), `${looks} looks`).toEqual(blocksOf(whole));
			}
		},
		30_000
	);
});

/** What is drawn of a text. */
function rootOf(text: string, ended = true, plain = false): HTMLElement {
	const source = new GrowingText(text);
	if (ended) source.end();
	const Kind: new () => TextView = plain ? PlainView : MarkdownView;
	const { root } = source.open(Kind);
	slices.finish();
	return root;
}

/** The blocks of a text, one after the other, without the sections that they are in. */
const blocksOf = (root: HTMLElement): string[] =>
	Array.from(root.children).flatMap((section) =>
		Array.from(section.children, (block) => block.outerHTML)
	);

/** The same, with a `>` of a text as it stands. */
const bodyOf = (text: string, ended = true, plain = false): string =>
	blocksOf(rootOf(text, ended, plain))
		.join('')
		.replaceAll('&gt;', '>');

/** A text without its spaces. */
const lettersOf = (root: HTMLElement): string => root.textContent.replace(/\s/g, '');

/** Elements, attributes and addresses that are not on the list. */
function findStrange(root: HTMLElement): string[] {
	const strange: string[] = [];
	for (const element of [root, ...root.querySelectorAll('*')]) {
		const known = allowed[element.localName];
		if (known === undefined) strange.push(element.localName);
		for (const name of element.getAttributeNames()) {
			const value = element.getAttribute(name) ?? '';
			if (name !== 'class' && !known?.includes(name)) strange.push(`${name}="${value}"`);
			if (name === 'href' && !/^(?:https?:\/\/|mailto:)/.test(value)) strange.push(value);
			if (name === 'style' && !/^contain-intrinsic-block-size: auto \d+px;?$/.test(value)) {
				strange.push(value);
			}
		}
	}
	return strange;
}
