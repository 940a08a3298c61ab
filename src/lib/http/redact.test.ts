import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { apis } from '../apis/index.ts';
import type { Chunk } from '../model/exchange.ts';
import { Redactor, RedactedText } from './redact.ts';
import {
	encodeEvent,
	encodeWords,
	executeWith,
	messages,
	respond,
	respondJson,
	types
} from './test-kit.ts';

const accessKey = 'ASIAQ3EGRT5UWXYZ7ABC';
const signature = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const unlike = [1, 2, 3, 4].map((n) => createHash('sha512').update(`${n}`).digest('base64'));
const token = `IQoJb3JpZ2luX2VjEPz//////////wEaCXVzLXdlc3QtMiJHMEUCIQDo${unlike.join('')}`;
const payload = btoa(
	'bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Algorithm=AWS4-HMAC-SHA256' +
		`&X-Amz-Credential=${accessKey}%2F20261126%2Fus-west-2%2Fbedrock%2Faws4_request` +
		`&X-Amz-Date=20261126T000000Z&X-Amz-Expires=43200&X-Amz-Security-Token=${encodeURIComponent(token)}` +
		`&X-Amz-Signature=${signature}&X-Amz-SignedHeaders=host&Version=1`
);
const secret = `bedrock-api-key-${payload}`;

const escapeAll = (text: string): string =>
	Array.from(text, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** Each form that a service may repeat the key in. */
const forms: [string, string][] = [
	['whole', secret],
	['with Bearer', `Bearer ${secret}`],
	['its payload', payload],
	['its access key id', accessKey],
	['its signature', signature],
	['its token', token],
	['its token as it stands in the payload', encodeURIComponent(token)],
	['decoded', atob(payload)],
	['half of it', secret.slice(0, secret.length / 2)],
	['its middle', payload.slice(100, 200)],
	['in base64', btoa(secret)],
	['in base64 with Bearer', btoa(`Bearer ${secret}`)],
	['in base64 of a header', btoa(`{"authorization":"Bearer ${secret}"}`)],
	['in hexadecimal', Array.from(secret, (c) => c.charCodeAt(0).toString(16)).join('')],
	['in upper case', secret.toUpperCase()],
	['in lower case', secret.toLowerCase()],
	['escaped for a URL', encodeURIComponent(secret)],
	['escaped twice', encodeURIComponent(encodeURIComponent(secret))],
	['with escaped slashes', token.replaceAll('/', '\\/')],
	['in escaped letters', escapeAll(secret)]
];

const delta = (index: number, value: object): Uint8Array =>
	encodeEvent('contentBlockDelta', { contentBlockIndex: index, delta: value });
const stop = messages.messageStop;
const stream = (...pieces: Uint8Array[]): Response => respond(pieces, types.messages);
const split = (text: string, size: number): string[] =>
	Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
		text.slice(i * size, (i + 1) * size)
	);

/** Each place that a service may repeat it in. */
const places: [string, (said: string) => Response][] = [
	['a text', (said) => stream(delta(0, { text: `Your key is ${said}.` }), stop)],
	['deltas', (said) => stream(...split(said, 7).map((text) => delta(0, { text })), stop)],
	[
		'single characters',
		(said) => stream(...split(said, 1).map((text) => delta(0, { text })), stop)
	],
	[
		'thoughts',
		(said) =>
			stream(...split(said, 9).map((text) => delta(0, { reasoningContent: { text } })), stop)
	],
	[
		'tool input',
		(said) => stream(...split(said, 9).map((input) => delta(0, { toolUse: { input } })), stop)
	],
	[
		'pieces without words',
		(said) => stream(...split(said, 50).map((odd) => delta(0, { odd })), stop)
	],
	['a signature', (said) => stream(delta(0, { reasoningContent: { signature: said } }), stop)],
	['usage', (said) => stream(stop, encodeEvent('metadata', { usage: { [said]: said } }))],
	['a trace', (said) => stream(stop, encodeEvent('metadata', { trace: { a: [said] } }))],
	['an event of no kind', (said) => stream(encodeEvent('odd', { said }), stop)],
	['the name of an event', (said) => stream(encodeEvent(said.slice(0, 200), {}), stop)],
	[
		'an exception',
		(said) =>
			stream(
				encodeWords(
					{ 'message-type': 'exception', 'exception-type': said.slice(0, 200) },
					JSON.stringify({ message: said })
				)
			)
	],
	['the reason', (said) => stream(encodeEvent('messageStop', { stopReason: said }))],
	['a header', (said) => respond(['{}'], types.json, { status: 400, headers: { echo: said } })],
	['an error', (said) => respondJson({ message: `Invalid ${said}`, code: said }, 403)],
	['a page', (said) => respond([`<h1>${said}</h1>`], 'text/html')],
	['a broken body', (said) => respond([`{"a":"${said}`], types.json)],
	['chunks cut anywhere', (said) => respond(split(`{"a":"${said}`, 5), types.json)]
];

/** What nobody may find: the secret parts in the forms above, without the words that every key holds. */
const needles = forms
	.filter(([form]) => !['decoded', 'with Bearer', 'in escaped letters'].includes(form))
	.map(([form, said]) => (form.startsWith('in base64 ') ? said.slice(40, -8) : said))
	.flatMap((said) => split(said.toLowerCase().replaceAll('\\/', '/'), 20))
	.filter((piece) => piece.length === 20 && !piece.startsWith('bedrock-api-key'));

/** Whether a text holds 20 characters of the key in any form. */
function holdsSecret(text: string): boolean {
	const plain = text
		.replace(/\\+u00([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
		.replace(/\\+\//g, '/')
		.toLowerCase();
	return needles.some((piece) => plain.includes(piece));
}

const ways = places.flatMap(([place, respondWith]) =>
	forms.map(([form, said]): [string, string, () => Response] => [
		form,
		place,
		() => respondWith(said)
	])
);

describe('a key that a service repeats', () => {
	it.each(ways)('%s in %s is neither shown nor kept', async (_form, _place, newResponse) => {
		let kept: Chunk[] = [];
		const shown: string[] = [];
		const { exchange, answer } = await executeWith(newResponse(), {
			secret,
			onchunk: (chunk) => kept.push(chunk),
			onhidden: () => (kept = []),
			onchange: (_, fold) => shown.push(JSON.stringify(fold.parts))
		});
		const bytes = [...kept, ...exchange.chunks].flatMap(({ bytes }) => [...bytes]);
		const texts = [JSON.stringify(answer), JSON.stringify(exchange.headers), ...shown.slice(-3)];
		for (const text of [...texts, new TextDecoder().decode(Uint8Array.from(bytes))]) {
			expect(holdsSecret(text)).toBe(false);
		}
		expect(answer.notes).toContain('key-hidden');
	});

	it('is tested in at least 45 ways, each of which holds it', () => {
		expect(ways.length).toBeGreaterThanOrEqual(45);
		for (const [form, said] of forms)
			expect({ form, holds: holdsSecret(said) }).toEqual({ form, holds: true });
	});
});

describe('sixteen characters of the key', () => {
	const before = Array.from({ length: 17 }, (_, i) => 'x'.repeat(i));

	it.each(before)('are found after %j, in a text and in bytes, in either case', (start) => {
		const piece = signature.slice(5, 21);
		for (const [said, end] of [piece, piece.toUpperCase()].flatMap((said) =>
			['', '.', ' and on'].map((end) => [said, end] as const)
		)) {
			const text = `${start}${said}${end}`;
			expect(new Redactor(secret).hide(text)).toBe(`${start}[key]${end}`);
			expect(new Redactor(secret).scan(new TextEncoder().encode(text))).toBe(true);
			// Two characters are read at a time, from an even address on: here the text begins at an odd one.
			const moved = new TextEncoder().encode(` ${text}`).subarray(1);
			expect(new Redactor(secret).scan(moved)).toBe(true);
			const [first, second] = [text.slice(0, 12), text.slice(12)].map((half) =>
				new TextEncoder().encode(half)
			);
			const redactor = new Redactor(secret);
			expect(redactor.scan(first ?? new Uint8Array())).toBe(false);
			expect(redactor.scan(second ?? new Uint8Array())).toBe(true);
		}
	});

	it.each([1, 3, 7, 16, 111, 112, 113, 500])('are found in chunks of %i bytes', (size) => {
		const escaped = escapeAll(signature.slice(5, 21));
		for (const piece of [signature.slice(5, 21), escaped, escaped.replaceAll('\\', '\\\\')]) {
			const bytes = new TextEncoder().encode(`${'x '.repeat(99)}${piece} and on${' x'.repeat(99)}`);
			const redactor = new Redactor(secret);
			for (let at = 0; at < bytes.length; at += size) redactor.scan(bytes.subarray(at, at + size));
			expect({ piece, found: redactor.found }).toEqual({ piece, found: true });
		}
	});

	it('are found wherever they stand in a long text', () => {
		const piece = signature.slice(5, 21);
		const edges = [4080, 4096, 8160, 8176].flatMap((edge) =>
			Array.from({ length: 40 }, (_, i) => edge - 20 + i)
		);
		for (const at of edges) {
			const text = `${'é'.repeat(at)}${piece}${'x'.repeat(9000 - at)}`;
			expect(new Redactor(secret).hide(text)).toBe(text.replace(piece, '[key]'));
		}
	});

	it.each(['text', 'input'] as const)('are found where each is a delta of a %s', async (kind) => {
		const piece = signature.slice(5, 21);
		const deltas = Array.from(`a ${piece} b`, (text) =>
			delta(0, kind === 'text' ? { text } : { toolUse: { input: text } })
		);
		const response = stream(...deltas, stop);
		const { exchange, answer } = await executeWith(response, { secret });
		// Three characters are in too many words to be held back.
		const said = `a ${piece.slice(0, 3)}[key] b`;
		expect(answer.parts).toMatchObject([{ [kind]: said }]);
		expect(answer.notes).toEqual(['key-hidden']);
		expect(exchange.chunks).toEqual([]);
	});

	it('are found where their block had ended between them', async () => {
		const piece = signature.slice(5, 21);
		const text = (text: string) => delta(0, { text });
		const response = stream(
			text(`a ${piece.slice(0, 8)}`),
			messages.blockStop,
			text(`${piece.slice(8)} b`),
			stop
		);
		const { exchange, answer } = await executeWith(response, { secret });
		expect(answer.parts).toMatchObject([{ text: 'a [key] b' }]);
		expect(exchange.chunks).toEqual([]);
	});

	it('are more than what an accident makes', () => {
		const text = `x${signature.slice(5, 20)}x`;
		expect(new Redactor(secret).hide(text)).toBe(text);
		expect(new Redactor(secret).scan(new TextEncoder().encode(text))).toBe(false);
	});
});

it('a request goes out before its key is made ready to be looked for, which waits for no answer', async () => {
	const prepare = vi.spyOn(Redactor.prototype, 'prepare');
	let answer: (response: Response) => void = () => undefined;
	const fetch = vi.fn(() => new Promise<Response>((resolve) => (answer = resolve)));
	const run = executeWith(fetch, { secret });
	expect(prepare).toHaveBeenCalledOnce();
	expect(fetch).toHaveBeenCalledBefore(prepare);
	answer(stream(delta(0, { text: 'Hello' }), stop));
	await run;
	prepare.mockRestore();
});

describe('a text without the key', () => {
	it('comes as it is, with every chunk and without a note', async () => {
		const text = 'A key begins with bedrock-api-key- and is sent as Authorization: Bearer. '.repeat(
			9
		);
		const response = stream(...split(text, 3).map((piece) => delta(0, { text: piece })), stop);
		const { exchange, answer } = await executeWith(response, { secret });
		expect(answer.parts).toEqual([{ type: 'text', text }]);
		expect(answer.notes).toBeUndefined();
		expect(exchange.chunks.length).toBeGreaterThan(100);
	});

	it('is held back only where the key may have begun', () => {
		const text = new RedactedText(new Redactor('sk-proj-abcdefghijklmnop'));
		expect(text.add('Hello ')).toBe('Hello ');
		expect(text.add('sk-proj-abc')).toBe('');
		expect(text.add('ess')).toBe('sk-proj-abcess');
		expect(text.add(' sk-proj-abcdefghijkl')).toBe(' ');
		expect(text.add('mnop!')).toBe('[key]!');
		expect(text.end()).toBe('');
	});

	it.each(['short', '', '1234567'])('%j is no key and hides nothing', (short) => {
		expect(new Redactor(short).hide(`a ${short} b`)).toBe(`a ${short} b`);
	});

	it('hides its token whole, escaped for a URL once more than it stands in an escaped payload', () => {
		const said = encodeURIComponent(encodeURIComponent(encodeURIComponent(token)));
		expect(new Redactor(secret).hide(`a ${said} b`)).toMatch(/^a \[key\](%253D|%25253D)* b$/);
	});

	it.each([
		['has no way to write it', undefined],
		[
			'writes it itself',
			function (this: Uint8Array) {
				return Buffer.from(this).toString('hex');
			}
		]
	])('hides a key in hexadecimal, also of Latin-1, where the browser %s', (_, toHex) => {
		vi.stubGlobal('Uint8Array', class extends Uint8Array {});
		Object.assign(Uint8Array.prototype, { toHex });
		const latin = `${'é'.repeat(12)}sk-proj-abcdefgh${'ü'.repeat(12)}`;
		const redactors = [secret, latin].map((key) => {
			const redactor = new Redactor(key);
			redactor.prepare();
			return [key, redactor] as const;
		});
		vi.unstubAllGlobals();
		for (const [key, redactor] of redactors) {
			const said = Buffer.from(key, 'latin1').toString('hex');
			expect(redactor.hide(`a ${said} b`)).toBe('a [key] b');
		}
	});

	it('hides a key of eight characters whole', () => {
		expect(new Redactor('hunter22').hide('Key: HUNTER22.')).toBe('Key: [key].');
		expect(new Redactor('hunter2=').hide('Key: hunter2%3D.')).toBe('Key: [key].');
	});
});

describe('the OpenAI APIs', () => {
	it.each(['chat-completions', 'responses'] as const)('%s hides it over deltas', async (id) => {
		const events = split(secret, 11).map((text) => {
			const data =
				id === 'responses'
					? { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: text }
					: { choices: [{ index: 0, delta: { content: text } }] };
			return `data: ${JSON.stringify(data)}\n\n`;
		});
		const { exchange, answer } = await executeWith(respond(events, types.sse), {
			api: apis[id],
			secret
		});
		expect(answer.parts).toMatchObject([{ type: 'text' }]);
		expect(holdsSecret(JSON.stringify(answer))).toBe(false);
		expect(exchange.chunks).toEqual([]);
	});
});
