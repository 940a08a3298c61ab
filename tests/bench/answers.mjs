// The answers that every page is given, and whether a page shows one as a whole.

/** Small seeded generator (mulberry32): numbers in [0, 1). */
export function random(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const WORDS =
	`the a of in and to for with on by from over under into across between without request response
	stream model token region key header payload frame chunk event latency throughput client server browser
	session cache memory buffer parser decoder encoder schema field value record batch queue worker thread
	limit quota retry timeout error signal status result answer prompt message system inference profile
	guardrail schedule network packet checksum prelude boundary segment order window index pointer table
	carefully quickly often rarely always sends reads writes keeps drops holds measures explains compares
	returns starts ends waits fails continues short long small large empty partial complete stable simple`.split(
		/\s+/
	);
const CHINESE = [
	'模型一边生成一边返回结果',
	'每个数据帧都带有校验和',
	'请求在浏览器里直接发出',
	'响应按顺序逐段显示'
];
const EMOJI = ['🚀', '✅', '🔑', '📦'];

/** Collects Markdown and, beside it, the pieces of it that a reader sees however it is rendered. */
function writer(rand) {
	const out = { markdown: '', seen: [] };
	const pick = (list) => list[Math.floor(rand() * list.length)];
	const int = (from, to) => from + Math.floor(rand() * (to - from + 1));
	const words = (n) => Array.from({ length: n }, () => pick(WORDS)).join(' ');
	const put = (markdown, ...seen) => {
		out.markdown += markdown;
		out.seen.push(...seen);
	};
	const capital = (s) => s[0].toUpperCase() + s.slice(1);
	const name = () => `${pick(WORDS)}_${int(10, 99)}`;

	let serial = 0;
	function sentence() {
		const start = capital(words(int(4, 9)));
		const kind = rand();
		serial += 1;
		if (kind < 0.2) {
			const bold = words(2);
			put(`${start} **${bold}** ${serial}. `, `${start}${bold}${serial}`);
		} else if (kind < 0.35) {
			const code = `${name()}(${int(1, 9)})`;
			put(`${start} \`${code}\` note ${serial}. `, `${start}${code}note${serial}`);
		} else if (kind < 0.45) {
			const text = words(3);
			put(`${start} [${text}](https://example.com/${serial}) `, `${start}${text}`);
			const rest = words(3);
			put(`${rest} ${serial}. `, `${rest}${serial}`);
		} else if (kind < 0.55) {
			const italic = words(2);
			put(`${start} *${italic}*, see ${serial}. `, `${start}${italic}see${serial}`);
		} else if (kind < 0.62) {
			const chinese = pick(CHINESE);
			put(`${chinese}（${serial}），${pick(EMOJI)} `, `${chinese}${serial}`);
		} else {
			const end = words(int(3, 8));
			put(`${start}, ${end} ${serial}. `, `${start}${end}${serial}`);
		}
	}
	function paragraph() {
		for (let n = int(3, 6); n > 0; n -= 1) sentence();
		put('\n\n');
	}
	function heading() {
		const text = `${capital(words(int(2, 5)))} ${(serial += 1)}`;
		put(`${'#'.repeat(int(2, 3))} ${text}\n\n`, text);
	}
	function list(ordered) {
		const n = int(3, 6);
		for (let i = 1; i <= n; i += 1) {
			const text = `${words(int(4, 10))} ${(serial += 1)}`;
			put(`${ordered ? `${i}.` : '-'} ${text}\n`, text);
			if (!ordered && rand() < 0.25) {
				const inner = `${words(int(3, 6))} ${(serial += 1)}`;
				put(`  - ${inner}\n`, inner);
			}
		}
		put('\n');
	}
	function code() {
		const line = {
			typescript: () =>
				`const ${name()} = await ${name()}({ ${pick(WORDS)}: ${int(1, 999)}, name: '${words(2)}' });`,
			python: () => `    ${name()} = ${name()}(${pick(WORDS)}=${int(1, 999)})  # ${words(3)}`,
			json: () => `  "${name()}": { "${pick(WORDS)}": ${int(1, 999)}, "text": "${words(3)}" },`,
			bash: () =>
				`curl -sS https://example.com/${name()} --max-time ${int(1, 99)} | sort -u > ${name()}.txt`
		};
		const language = pick(Object.keys(line));
		put('```' + language + '\n');
		for (let n = int(4, 14); n > 0; n -= 1) {
			const text = line[language]();
			put(text + '\n', text);
		}
		put('```\n\n');
	}
	function table() {
		const columns = int(3, 4);
		const row = (cells) => put(`| ${cells.join(' | ')} |\n`, ...cells);
		row(Array.from({ length: columns }, () => capital(pick(WORDS))));
		put(`|${' --- |'.repeat(columns)}\n`);
		for (let n = int(3, 6); n > 0; n -= 1) {
			row(Array.from({ length: columns }, () => `${pick(WORDS)} ${(serial += 1)}`));
		}
		put('\n');
	}
	function quote() {
		const text = `${words(int(8, 14))} ${(serial += 1)}`;
		put(`> ${text}\n\n`, text);
	}
	const section = [
		heading,
		paragraph,
		paragraph,
		() => list(false),
		paragraph,
		code,
		paragraph,
		table,
		() => list(true),
		quote,
		paragraph,
		code
	];
	return { out, put, section };
}

/** A long text: deterministic Markdown of headings, paragraphs, lists, code, tables and quotes. */
function writeProse(length, name) {
	const { out, put, section } = writer(random(20261121));
	for (let i = 0; out.markdown.length < length - 20; i += 1) section[i % section.length]();
	put(`End of ${name}.\n`, `End of ${name}`);
	return out;
}

function writeLines(count, line, seen) {
	const numbers = Array.from({ length: count }, (_, i) => i + 1);
	return { markdown: numbers.map(line).join(''), seen: numbers.map(seen) };
}

/** Cuts a text into so many pieces of about the same length, never inside a character. */
function cut(text, count) {
	const points = Array.from(text);
	const jitter = random(count);
	const cuts = [0];
	for (let i = 1; i < count; i += 1) {
		const even = Math.round((points.length * i) / count) + Math.round(jitter() * 10 - 5);
		cuts.push(Math.min(points.length - (count - i), Math.max(cuts[i - 1] + 1, even)));
	}
	cuts.push(points.length);
	return cuts.slice(1).map((end, i) => points.slice(cuts[i], end).join(''));
}

/** Cuts a text into pieces of so many characters, or one more where a character would be halved. */
function slice(text, length) {
	const pieces = [];
	for (let at = 0; at < text.length;) {
		let end = Math.min(text.length, at + length);
		if (/[\ud800-\udbff]$/.test(text.slice(at, end))) end += 1;
		pieces.push(text.slice(at, end));
		at = end;
	}
	return pieces;
}

const written = new Map();

/**
 * The answer by its name: `2000` is Markdown in 2,000 deltas of about 12 characters, `chars1000000` is so many
 * characters of it in larger deltas, `list50000` a list of so many items, `links15000` so many links.
 *
 * @returns {{ text: string; deltas: string[]; seen: string[] }} `seen`: the pieces that must appear in this order in
 *   any honest rendering, plain or Markdown, reduced by {@link letters}.
 */
export function answerOf(name) {
	const known = written.get(name);
	if (known !== undefined) return known;
	const [, kind, digits] = /^([a-z]*)(\d+)$/.exec(name) ?? [];
	const count = Number(digits);
	const { markdown, seen } = {
		'': () => writeProse(count * 12, `${count} deltas`),
		chars: () => writeProse(count, `${count} characters`),
		list: () =>
			writeLines(
				count,
				(n) => `- item ${n} with **marks** in it\n`,
				(n) => `item ${n} with marks`
			),
		links: () =>
			writeLines(
				count,
				(n) => `[link ${n}](https://example.com/${n})${n % 10 === 0 ? '\n\n' : ' '}`,
				(n) => `link ${n}`
			)
	}[kind]();
	const deltas =
		kind === ''
			? cut(markdown, count)
			: slice(markdown, Math.min(1000, Math.max(300, markdown.length / 1000)));
	const answer = { text: markdown, deltas, seen: seen.map(letters).filter(Boolean) };
	written.set(name, answer);
	return answer;
}

/** Only letters and digits: what is left after any rendering. */
export function letters(text) {
	return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * Whether `shown` holds every piece in order.
 * @returns {{ ok: boolean, found: number, total: number, missing?: string }}
 */
export function holds(shown, seen) {
	const text = letters(shown);
	let at = 0;
	for (let i = 0; i < seen.length; i += 1) {
		const next = text.indexOf(seen[i], at);
		if (next < 0) return { ok: false, found: i, total: seen.length, missing: seen[i] };
		at = next + seen[i].length;
	}
	return { ok: true, found: seen.length, total: seen.length };
}
