import { Lexer } from 'marked';
import { describe, expect, it } from 'vitest';
import { Blocks, creditPerCharacter, firstCredit } from './blocks.ts';

const fence = '```';

/** Small documents, each for a way in which blocks meet; several after examples of the CommonMark specification. */
const documents: Record<string, string> = {
	'paragraphs and headings':
		'# One\n\nFoo *bar*\nbaz.\n\nSetext\n===\n\nTwo\n---\n## Three\ntext\n',
	'a table that interrupts a paragraph': 'foo\na | b\n--- | :-:\n1 | 2\n| 3 |\n\nafter\n',
	'a table without rows, then a rule': '| a |\n|---|\n\n\n***\n| x | y |\n|---|\nno table\n',
	'a table row of a tab': '|:-|\n\n\\*-\n|:-|\n&lt;\n\t\n\\\n\n\n- x',
	'tight and loose lists':
		'- a\n- b\n\n\n- c\n\npara\n\n1. one\n2. two\n\n   more\n3. three\n\n- x\n* y\n+ z\n',
	'nested lists with code': `1. Step\n   - sub **b**\n   - [x](https://a.b)\n\n   ${fence}sh\n   ls -l\n   ${fence}\n2. Next\n10. ten`,
	'task lists': '- [ ] open\n- [x] done\n\n- [X] loose\n- [ ]\n',
	'list, lazy line and rule': '- foo\nbar\n***\n- - deep\n\n      code\n- \n\n  late\n',
	'closed and open fences': `${fence}ts a=1\nconst a = \`\`;\n${fence}\n~~~~\n~~~\n${fence}\n~~~~  \ntext\n  ${fence}\n    in\n  ${fence}\n${fence}js\nopen **x**`,
	'a fence that interrupts': `para\n${fence}\n\n${fence}\npara\n${fence}\` x\n`,
	quotes: '> a\nlazy\n> - b\n> c\n\n> # h\ntext\n> > deep\n> more\n---\n',
	'raw HTML':
		'<div>\n*x*\n\n*y*\n\n<!-- a\n\nb -->\nfoo\n<b>in</b>\n<script>\n\n1\n</script>\nend\n<x-y z="1">\n\n</x-y>\n',
	'indented code': '    a\n\n    b\n\n\n\npara\n    no code\n\n\tc\n',
	'line ends of all kinds': 'a\r\nb\r\rc\n\r\n- x\r- y\r\n',
	'links defined before': '[r]: https://a.b "t"\n\nsee [r] and [x][r]\n\n[R][]\n',
	'links defined after':
		'see [r], [x][late]\n\n- item [r]\n- two\n\n| [r] |\n|-----|\n| [r] |\n\nend\n\n[r]: https://a.b\n[late]: <https://c.d>\n',
	'marks, entities and breaks':
		'a&lt;b &copy; \\* `x &lt;` **b*c*** ~~d~~ x_y_z  \nwww.a.bc <a@b.cd>\\\n![i](u)\n',
	'blank start and spaces': '\n\n  \n para\n   \n\n    \nx  \n\n'
};

describe('Blocks', () => {
	it.each(Object.entries(documents))('closes to what marked makes of the whole: %s', (_, text) => {
		const whole = simplify(new Lexer().lex(text));
		for (let cut = 0; cut <= text.length; cut++) {
			expect(simplify(readIn(text, [cut]).closed), `cut at ${cut}`).toEqual(whole);
		}
		for (const size of [1, 2, 3, 7, 20]) {
			const cuts = Array.from({ length: Math.ceil(text.length / size) }, (_, i) => i * size);
			expect(simplify(readIn(text, cuts).closed), `pieces of ${size}`).toEqual(whole);
		}
	});

	it('agrees with marked on all documents in one', () => {
		const text = Object.values(documents).join('\n\n').repeat(2);
		// The first open fence takes the rest, so both orders.
		for (const long of [text, Object.values(documents).reverse().join('\n\n')]) {
			const cuts = Array.from({ length: Math.ceil(long.length / 13) }, (_, i) => i * 13);
			expect(simplify(readIn(long, cuts).closed)).toEqual(simplify(new Lexer().lex(long)));
		}
	});

	it('shows the whole text at any time', () => {
		const blocks = new Blocks();
		blocks.append('# Title\n\nSome **bo');
		expect(blocks.closed.map((token) => token.type)).toEqual(['heading']);
		expect(textOf(blocks.open)).toBe('Some **bo');
		blocks.append('ld** te');
		expect(textOf(blocks.open)).toBe('Some bold te');
		blocks.append('xt and');
		expect(textOf(blocks.open)).toBe('Some bold text and');
		blocks.append('\n\n- on');
		expect(textOf(blocks.open)).toBe('Some bold text andon');
		blocks.append('e\n- tw');
		expect(blocks.closed.map((token) => token.type)).toEqual(['heading', 'paragraph']);
		expect(blocks.growing?.type).toBe('list');
		// An item is closed by the next one's whole line.
		expect(textOf(blocks.open)).toBe('onetw');
	});

	it('never replaces or moves what is closed', () => {
		const text = Object.values(documents).slice(0, 8).join('\n\n');
		const blocks = new Blocks();
		const seen: unknown[] = [];
		for (const character of text) {
			blocks.append(character);
			for (const [i, token] of seen.entries()) expect(blocks.closed[i]).toBe(token);
			seen.push(...blocks.closed.slice(seen.length));
		}
		expect(seen.length).toBeGreaterThan(20);
	});

	it('grows an open fence by its new lines, without its closing line', () => {
		const blocks = new Blocks();
		blocks.append('```ts\nconst a');
		expect(blocks.growing).toEqual({ type: 'fence', lang: 'ts', lines: [], partial: 'const a' });
		const lexed = blocks.lexed;
		for (let i = 0; i < 1000; i++) blocks.append(' = 1;\nconst b');
		blocks.append(';\n``');
		expect(blocks.lexed).toBe(lexed);
		expect(blocks.growing).toMatchObject({ partial: '' });
		blocks.append('`\n');
		expect(blocks.closed).toHaveLength(1);
		expect(blocks.growing).toBeUndefined();
	});

	it('lets a growing list become loose', () => {
		const blocks = new Blocks();
		blocks.append('- a\n- b\n- c\n');
		expect(blocks.growing).toMatchObject({ type: 'list', loose: false });
		blocks.append('\n- d\n- e\n');
		expect(blocks.growing).toMatchObject({ type: 'list', loose: true });
	});

	it('keeps on when marked gives up', () => {
		const text = `${'> '.repeat(5000)}x\n\n${'- '.repeat(3000)}y\n\nend\n`;
		expect(textOf(readIn(text, [100, 9000]).closed)).toMatch(/end$/);
	});
});

describe('What Blocks lexes', () => {
	const prose =
		'The service answers with **status 429** when the account is over its limit. A client waits, then ' +
		'tries again: see [the guide](https://docs.aws.amazon.com/bedrock/) for `Retry-After`.\n\n' +
		'## What to do\n\n1. Read the header.\n2. Wait with *full jitter*.\n   - at most 8 s\n\n' +
		'```ts\nconst wait = Math.random() * ceiling;\nawait sleep(wait);\n```\n\n' +
		'| Attempt | Ceiling |\n| ---: | ---: |\n| 1 | 0.5 s |\n| 2 | 1.0 s |\n\n';

	it.each([
		['ordinary text', prose.repeat(100), 12],
		['10,000 items', '- item with **marks** and text\n'.repeat(10_000), 8],
		['a table of 5,000 rows', `| a | b |\n|---|---|\n${'| x | `y` |\n'.repeat(5000)}`, 8],
		['a fence of 250 kB', `\`\`\`ts\n${'const a = 1;\n'.repeat(20_000)}`, 2]
	])('is few times its length: %s', (_, text, times) => {
		expect(inTens(text).lexed).toBeLessThan(times * text.length);
	});

	it.each([
		['one word of 500 kB', 'a'.repeat(500_000)],
		['a paragraph of 300 kB', 'lorem ipsum, *dolor* sit.\n'.repeat(12_000)],
		['an item that holds a list of 3,000', `- a\n${'  - nested **x**\n'.repeat(3000)}`],
		['a quote of 5,000 lines', '> hello *x*\n'.repeat(5000)],
		['underscores', '_a'.repeat(20_000)],
		['brackets', '['.repeat(20_000)],
		['HTML that never ends', `<script>\n${'a < b;\n'.repeat(5000)}`]
	])('stays within its bound: %s', (_, text) => {
		// Beside the credit: the tail at the end and, once each, blocks with late links.
		expect(inTens(text).lexed).toBeLessThan((creditPerCharacter + 2) * text.length + firstCredit);
	});
});

function inTens(text: string): Blocks {
	return readIn(
		text,
		Array.from({ length: Math.ceil(text.length / 10) }, (_, i) => i * 10)
	);
}

function readIn(text: string, cuts: number[]): Blocks {
	const blocks = new Blocks();
	let from = 0;
	for (const cut of [...cuts, text.length]) {
		blocks.append(text.slice(from, cut));
		from = cut;
	}
	blocks.end();
	return blocks;
}

type Node = Record<string, unknown>;

/** What is drawn of tokens: without sources, blank lines, definitions, and where a loose list puts its checkbox. */
function simplify(tokens: unknown, inList = false): unknown[] {
	return nodes(tokens)
		.filter(({ type }) => type !== 'space' && type !== 'def' && type !== 'checkbox')
		.map((node) => simplifyOne(node, inList));
}

function simplifyOne(node: Node, inList: boolean): unknown {
	const cells = (row: unknown): unknown => nodes(row).map((cell) => simplify(cell['tokens']));
	switch (node['type']) {
		case 'list': {
			const { type, ordered, start, loose } = node;
			const items = nodes(node['items']).map((item) => [
				item['task'],
				item['checked'] === true,
				simplify(item['tokens'], true)
			]);
			return { type, ordered, start, loose, items };
		}
		case 'table':
			return [node['align'], cells(node['header']), (node['rows'] as unknown[]).map(cells)];
		default: {
			const { text, tokens, ...rest } = node;
			delete rest['raw'];
			if (inList && rest['type'] === 'text' && tokens !== undefined) rest['type'] = 'paragraph';
			return tokens === undefined
				? { ...rest, text }
				: { ...rest, tokens: simplify(tokens, inList) };
		}
	}
}

function nodes(value: unknown): Node[] {
	return Array.isArray(value) ? (value as Node[]) : [];
}

function textOf(tokens: unknown): string {
	return nodes(tokens)
		.map((node) => textOf(node['items']) + textOf(node['tokens']) || (node['text'] ?? ''))
		.join('');
}
