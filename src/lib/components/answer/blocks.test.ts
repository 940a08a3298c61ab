import { isDeepStrictEqual } from 'node:util';
import { getDefaults, Lexer, type Token, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { Blocks, type Piece } from './blocks.ts';
import { firstAllowance, lexedPerCharacter } from './lexing.ts';

const fence = '```';
/** marked itself, with a line break at each line feed. */
const markedLex = (text: string): Token[] =>
	new Lexer({ ...getDefaults(), breaks: true }).lex(text);

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
	'an open fence that ends in a carriage return': '```\r\na\r\n\r\nb\r',
	'a fence that closes with a carriage return': 'x\r\r```\ra\r```\r',
	'links defined before': '[r]: https://a.b "t"\n\nsee [r] and [x][r]\n\n[R][]\n',
	'links defined after':
		'see [r], [x][late]\n\n- item [r]\n- two\n\n| [r] |\n|-----|\n| [r] |\n\nend\n\n[r]: https://a.b\n[late]: <https://c.d>\n',
	'marks, entities and breaks':
		'a&lt;b &copy; \\* `x &lt;` **b*c*** ~~d~~ x_y_z  \nwww.a.bc <a@b.cd>\\\n![i](u)\n',
	'blank start and spaces': '\n\n  \n para\n   \n\n    \nx  \n\n'
};

describe('Blocks', () => {
	it.each(Object.entries(documents))('closes to what marked makes of the whole: %s', (_, text) => {
		const whole = simplify(markedLex(text));
		for (let cut = 0; cut <= text.length; cut++) {
			expectSame(simplify(readIn(text, [cut]).closed), whole, `cut at ${cut}`);
		}
		for (const size of [1, 2, 3, 7, 20]) {
			const cuts = Array.from({ length: Math.ceil(text.length / size) }, (_, i) => i * size);
			expectSame(simplify(readIn(text, cuts).closed), whole, `pieces of ${size}`);
		}
		expect(simplify(readIn(text, []).closed)).toEqual(whole);
	});

	it('agrees with marked on all documents in one', () => {
		const text = Object.values(documents).join('\n\n').repeat(2);
		// The first open fence takes the rest, so both orders.
		for (const long of [text, Object.values(documents).reverse().join('\n\n')]) {
			const cuts = Array.from({ length: Math.ceil(long.length / 13) }, (_, i) => i * 13);
			expect(simplify(readIn(long, cuts).closed)).toEqual(simplify(markedLex(long)));
		}
	});

	it('shows the whole text at any time', () => {
		const reader = new Reader();
		reader.append('# Title\n\nSome **bo');
		expect(reader.closed.map((token) => token.type)).toEqual(['heading']);
		expect(textOf(reader.blocks.open)).toBe('Some **bo');
		reader.append('ld** te');
		expect(textOf(reader.blocks.open)).toBe('Some bold te');
		reader.append('xt and');
		expect(textOf(reader.blocks.open)).toBe('Some bold text and');
		reader.append('\n\n- on');
		expect(textOf(reader.blocks.open)).toBe('Some bold text andon');
		reader.append('e\n- tw');
		expect(reader.closed.map((token) => token.type)).toEqual(['heading', 'paragraph']);
		// An item is closed by the next one's whole line.
		expect(textOf(reader.blocks.open)).toBe('onetw');
		reader.append('o\n');
		expect(textOf(reader.closed.slice(2))).toBe('one');
		expect([reader.blocks.openPlace, textOf(reader.blocks.open)]).toEqual(['more', 'two']);
	});

	it('hands over nothing that would be different at the end', () => {
		const text = Object.values(documents).slice(0, 8).join('\n\n');
		const whole = simplify(readIn(text, []).closed);
		const reader = new Reader();
		for (const character of text) {
			reader.append(character);
			// The last one may still get items, rows or lines.
			const final = simplify(reader.closed).slice(0, -1);
			expectSame(final, whole.slice(0, final.length), `after ${reader.closed.length}`);
		}
		expect(reader.closed.length).toBeGreaterThan(20);
	});

	it('keeps nothing of what it has handed over', () => {
		const blocks = new Blocks();
		for (let i = 0; i < 1000; i++) blocks.append(`Paragraph ${i}.\n\n- item\n\n`);
		expect(blocks.take().length).toBeGreaterThan(1900);
		expect(blocks.take()).toEqual([]);
	});

	it('grows an open fence by its new lines, without its closing line', () => {
		const reader = new Reader();
		const open = () => reader.blocks.open.map((token) => token as Tokens.Code);
		reader.append('```ts\nconst a');
		expect(open()).toMatchObject([{ type: 'code', lang: 'ts', text: 'const a\n' }]);
		const lexed = reader.blocks.lexed;
		for (let i = 0; i < 1000; i++) reader.append(' = 1;\nconst b');
		reader.append(';\n``');
		expect(reader.blocks.lexed).toBe(lexed);
		expect(open()[0]?.text).toMatch(/const b;\n$/);
		reader.append('`\n');
		expect(reader.closed).toHaveLength(1);
		expect(open()).toEqual([]);
	});

	it('lets a growing list become loose', () => {
		const reader = new Reader();
		reader.append('- a\n- b\n- c\n');
		expect(reader.closed).toMatchObject([{ type: 'list', loose: false }]);
		reader.append('\n- d\n- e\n');
		expect(reader.closed).toMatchObject([{ type: 'list', loose: true }]);
	});

	it('continues a long list as another one, by its numbers', () => {
		const lists = readIn(`${'5. a\n'.repeat(450)}\nend`, [1000]).closed;
		expect(lists.map((token) => [(token as Tokens.List).start, itemsOf(token).length])).toEqual([
			[5, 200],
			[205, 200],
			[405, 50],
			[undefined, 0]
		]);
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
		['ordinary text', prose.repeat(40), 12],
		['3,000 items', '- item with **marks** and text\n'.repeat(3000), 8],
		['a table of 2,000 rows', `| a | b |\n|---|---|\n${'| x | `y` |\n'.repeat(2000)}`, 8],
		['a fence of 100 kB', `\`\`\`ts\n${'const a = 1;\n'.repeat(8000)}`, 2]
	])(
		'is few times its length: %s',
		(_, text, times) => {
			expect(inTens(text).lexed).toBeLessThan(times * text.length);
		},
		30_000
	);

	it.each([
		['one word of 200 kB', 'a'.repeat(200_000)],
		['a paragraph of 100 kB', 'lorem ipsum, *dolor* sit.\n'.repeat(4000)],
		['an item that holds a list of 1,500', `- a\n${'  - nested **x**\n'.repeat(1500)}`],
		['a quote of 2,500 lines', '> hello *x*\n'.repeat(2500)],
		['underscores', '_a'.repeat(20_000)],
		['brackets', '['.repeat(20_000)],
		['HTML that never ends', `<script>\n${'a < b;\n'.repeat(5000)}`]
	])('stays within its bound: %s', (_, text) => {
		// Beside the allowance: the tail at the end and, once each, blocks with late links.
		expect(inTens(text).lexed).toBeLessThan((lexedPerCharacter + 2) * text.length + firstAllowance);
	});
});

/** As `toEqual`, which takes ten times as long to find that both are the same. */
function expectSame(found: unknown, wanted: unknown, where: string): void {
	if (!isDeepStrictEqual(found, wanted)) expect(found, where).toEqual(wanted);
}

function inTens(text: string): Reader {
	return readIn(
		text,
		Array.from({ length: Math.ceil(text.length / 10) }, (_, i) => i * 10)
	);
}

function readIn(text: string, cuts: number[]): Reader {
	const reader = new Reader();
	let from = 0;
	for (const cut of [...cuts, text.length]) {
		reader.append(text.slice(from, cut));
		from = cut;
	}
	reader.end();
	return reader;
}

/** Puts the pieces together to blocks again. */
class Reader {
	readonly blocks = new Blocks();
	readonly closed: Token[] = [];
	/** The place of each piece: its block, and where in it its items or rows begin. */
	readonly #places = new Map<Piece, [number, number]>();

	append(text: string): void {
		this.blocks.append(text);
		this.#take();
	}

	end(): void {
		this.blocks.end();
		this.#take();
		for (const { piece, token } of this.blocks.revised) {
			const [index, at] = this.#places.get(piece) ?? [-1, 0];
			const old = this.closed[index] ?? token;
			const { items, rows } = old as { items?: unknown[]; rows?: unknown[] };
			items?.splice(at, 1, ...itemsOf(token));
			const { rows: fresh = [], header } = token as Partial<Tokens.Table>;
			rows?.splice(at, fresh.length, ...fresh);
			if (items === undefined && rows === undefined) this.closed[index] = token;
			else if (header !== undefined) Object.assign(old, { header });
		}
	}

	get lexed(): number {
		return this.blocks.lexed;
	}

	#take(): void {
		for (const piece of this.blocks.take()) {
			const { token, place } = piece;
			const last = this.closed.at(-1) as Token & {
				items: unknown[];
				rows: unknown[];
				text: string;
			};
			const at = place !== 'more' ? 0 : (last.items ?? last.rows ?? []).length;
			if (place !== 'more') this.closed.push(copyOf(token));
			else if (last.type === 'list') {
				last.items.push(...(token as Tokens.List).items);
				Object.assign(last, { loose: (token as Tokens.List).loose });
			} else if (last.type === 'table') last.rows.push(...(token as Tokens.Table).rows);
			else Object.assign(last, { text: last.text + (token as Tokens.Code).text });
			this.#places.set(piece, [this.closed.length - 1, at]);
		}
	}
}

const copyOf = (token: Token): Token => {
	const { items, rows } = token as { items?: []; rows?: [] };
	return {
		...token,
		...(items && { items: [...items] }),
		...(rows && { rows: [...rows] })
	} as Token;
};

const itemsOf = (token: Token | undefined): unknown[] =>
	(token as { items?: unknown[] } | undefined)?.items ?? [];

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
			// How many line feeds end a block of code in its token is not drawn.
			if (rest['type'] === 'code') return { ...rest, text: String(text).replace(/\n$/, '') };
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
