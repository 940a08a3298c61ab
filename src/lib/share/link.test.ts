import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Draft, Part } from '../model/draft.ts';
import { isLink } from './hash.ts';
import { decodeLink, encodeLink, maxLinkLength, withoutFiles } from './link.ts';
import type { DecodedLink } from './link.ts';
import { findSecrets, holdsSecret } from './secret-scan.ts';

const draft: Draft = {
	model: 'us.anthropic.claude-sonnet-5-v1:0',
	endpoint: 'runtime',
	stream: true,
	system: { id: 's1', role: 'system', parts: [{ type: 'text', text: 'Be brief.' }], as: 'list' },
	messages: [
		{ id: 'm1', role: 'user', parts: [{ type: 'text', text: 'Grüße, 世界 \ud83d\ude00' }] },
		{
			...{ id: 'm2', role: 'assistant', from: { run: 'r1', model: 'a.b' } },
			parts: [
				{ type: 'reasoning', text: 'hm', signature: 'c2ln' },
				{ type: 'text', text: 'Hello.' }
			]
		}
	],
	params: { temperature: 0, stopSequences: ['END'] },
	guardrail: { id: 'g1', version: 'DRAFT' },
	chain: { responseId: 'resp_secret', after: 'm2' },
	extra: { converse: JSON.parse('{"__proto__":{"a":1},"constructor":2}') }
};

/** Opens forever: written once, by the first version of the format. */
const golden =
	'#/s/1.hZHNSlxBEIVfZTjrnsERsuldgjGuXJjswjCU95bXhnu726pqUYaGPIBbgztfw0V2vkogWx9B2l-IgquiOFUf' +
	'dU5tQDnAo0vxlEUZDr3QkcFvMKWeR3gUXVC0Y0k5dItupNLzXFOMbPNP89Ol34IDxz6nEA0eUqKFqZHUhGmCNynsoO' +
	'dqPDVw6OEBB0kjwz8LDpnEFP7nBnaem2J8ZnCPxeMLzw4l8NECdeVACo8xqKE6TKxKAz8u_4cvyvIx_Jvc_rm9Zjf7' +
	'e_P73-XF7O766hfqqro3PFINahTtPagwaYohDq_k42ZNwxDJirSZbnuMaOB3D9njcUzNYjOZSWjSlpnxlFmeEFst25' +
	'S_80nh2D3Yxtf9Hayqw1BIeqEwviQ9LOHQvhtShMfOwefdHy00PjOhNvXyfL_Bep0lWVqvW0Pwy-qarialsyTw27XW' +
	'eg8';

const linkOf = (text: string | Uint8Array): string =>
	`#/s/1.${deflateRawSync(text).toString('base64url')}`;
const linkOfJson = (value: unknown): string => linkOf(JSON.stringify(value));

/** The draft without what a link leaves out. */
function shared(whole: Draft, id: unknown): object {
	const copy = structuredClone(whole);
	for (const message of [...copy.messages, ...(copy.system ? [copy.system] : [])]) {
		Object.assign(message, { id });
		delete message.from;
	}
	delete copy.chain;
	return copy;
}

describe('a link', () => {
	it('holds no file, and names none that the reader keeps', async () => {
		const words: Part = { type: 'text', text: 'Look' };
		const web: Part = { type: 'image', mime: '', source: { url: 's3://b/a.png' } };
		const kept: Part = { type: 'image', mime: 'image/png', source: { file: 'ab'.repeat(32) } };
		const inline: Part = { type: 'document', mime: 'text/csv', source: { base64: 'YQ==' } };
		const result: Part = { type: 'tool-result', id: 't', parts: [kept, words] };
		const parts = [kept, words, web, inline, result];
		const partsOf = (decoded: DecodedLink) => decoded.ok && decoded.draft.messages[0]?.parts;
		const whole: Draft = { model: 'm', params: {}, messages: [{ id: '1', role: 'user', parts }] };
		const without = { ...result, parts: [words] };
		expect(withoutFiles(whole).count).toBe(3);
		const made = await decodeLink(await encodeLink('converse', whole));
		expect(partsOf(made)).toEqual([words, web, without]);
		// Bytes that a stranger put into a link are theirs to send.
		const crafted = await decodeLink(linkOfJson({ api: 'converse', draft: whole }));
		expect(partsOf(crafted)).toEqual([words, web, inline, without]);
	});

	it('gives back the draft with fresh ids, without origins and chain', async () => {
		const link = await encodeLink('converse', draft);
		expect(link).toMatch(/^#\/s\/1\.[\w-]+$/);
		const decoded = await decodeLink(link);
		const anId = expect.stringMatching(/^[0-9a-f]{16}$/);
		expect(decoded).toEqual({ ok: true, api: 'converse', draft: shared(draft, anId) });
		const ids = decoded.ok ? decoded.draft.messages.map(({ id }) => id) : [];
		expect(new Set(ids).size).toBe(2);
	});

	it('is the same for the same draft, whatever its ids', async () => {
		const again = structuredClone(draft);
		for (const message of again.messages) message.id += 'x';
		expect(await encodeLink('converse', again)).toBe(await encodeLink('converse', draft));
	});

	it('does not change the draft it is made of', async () => {
		const before = structuredClone(draft);
		await encodeLink('responses', draft);
		expect(draft).toEqual(before);
	});

	it('of the first version opens', async () => {
		const decoded = await decodeLink(golden);
		expect(decoded.ok && { api: decoded.api, draft: shared(decoded.draft, '') }).toEqual({
			...{ api: 'converse', draft: shared(draft, '') }
		});
	});

	it('has no place for a host, a header, a key or a chain', async () => {
		const crafted = {
			...{ ...draft, host: 'evil.test', base: 'https://evil.test', region: 'evil' },
			...{ headers: { Authorization: 'Bearer evil' }, authorization: 'evil', key: 'evil' },
			guardrail: { ...draft.guardrail, header: 'evil' },
			messages: draft.messages.map((message) => ({ ...message, url: 'https://evil.test' }))
		};
		const link = linkOfJson({
			...{ api: 'converse', draft: crafted, target: 'https://evil.test', send: true }
		});
		const decoded = await decodeLink(link);
		expect(decoded.ok).toBe(true);
		expect(JSON.stringify(decoded)).not.toMatch(/evil|resp_secret|"run"/);
	});

	it('keeps keys like __proto__ as data', async () => {
		const link = linkOf(
			'{"__proto__":{"ok":1},"api":"converse","draft":{"model":"","messages":[],"params":{"__proto__":1},' +
				'"__proto__":{"x":1},"extra":{"converse":{"__proto__":{"x":1}}}}}'
		);
		const decoded = await decodeLink(link);
		const said = decoded.ok ? decoded.draft.extra?.converse : undefined;
		expect(JSON.stringify(said)).toBe('{"__proto__":{"x":1}}');
		expect('x' in {}).toBe(false);
		const inherited = linkOf('{"__proto__":{"api":"converse","draft":{}}}');
		expect(await decodeLink(inherited)).toEqual({ ok: false, code: 'not-a-draft' });
	});
});

describe('a link that was changed on its way', () => {
	const encoded = (text: string) =>
		text.replace(/[^\w-]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
	const changes: [string, (link: string) => string][] = [
		['percent-encoded', (link) => `#${encoded(link.slice(1))}`],
		['encoded twice', (link) => `#${encodeURIComponent(encoded(link.slice(1)))}`],
		['its full stop encoded', (link) => link.replace('.', '%2E')],
		['wrapped in <>', (link) => `${link}>`],
		['wrapped in <> and encoded', (link) => `${link}%3E`],
		['wrapped in <> as a whole', (link) => `<${link}>`],
		...[
			')',
			'.',
			'%20',
			' ',
			'\n',
			',',
			';',
			'!',
			'?',
			'"',
			'%22',
			'**',
			']',
			').',
			'…',
			'\u200b',
			'%E2%80%8B',
			'&utm_source=x',
			'?x=1',
			'%20and%20more'
		].map((tail): [string, (link: string) => string] => [
			`followed by ${tail}`,
			(link) => link + tail
		])
	];
	it.each(changes)('opens when it is %s', async (_, change) => {
		for (const link of [golden, await encodeLink('responses', draft)]) {
			expect(isLink(change(link))).toBe(true);
			const [one, other] = [await decodeLink(change(link)), await decodeLink(link)];
			expect(one.ok && shared(one.draft, '')).toEqual(other.ok && shared(other.draft, ''));
			expect(one.ok).toBe(true);
		}
	});

	it.each(['#/s', '#/s/', '#/s/abc', '#/s/1', '#%2Fs%2Fabc', '#/s/1.', '#/s?x', '#/s/0.a'])(
		'is meant as one and says that it can’t be read: %s',
		async (hash) => {
			expect(isLink(hash)).toBe(true);
			expect((await decodeLink(hash)).ok).toBe(false);
		}
	);

	it.each(['', '#', '#/x/run1', '#main', '#/share', '#/s-x', 'x#/s/1.a'])(
		'is none of ours: %s',
		(hash) => {
			expect(isLink(hash)).toBe(false);
		}
	);
});

describe('what a link holds', () => {
	const withDraft = (more: object): string =>
		linkOfJson({ api: 'converse', draft: { model: 'a', messages: [], params: {}, ...more } });

	it.each<[string, object]>([
		['an object', { temperature: { toString: 1 } }],
		['an empty object', { maxTokens: {} }],
		['a list of objects', { stopSequences: [{ toString: 1 }] }],
		['a list in a list', { stopSequences: [[{ valueOf: 1 }]] }],
		['text for a number', { temperature: 'hot' }],
		['null', { topP: null }],
		['true for a number', { maxTokens: true }],
		['text for a list', { stopSequences: 'END' }],
		['a list of several kinds', { stopSequences: ['END', 1, null] }],
		['a number for a switch', { store: 1 }]
	])('is refused with %s as a parameter', async (_, params) => {
		expect(await decodeLink(withDraft({ params }))).toEqual({ ok: false, code: 'not-a-draft' });
	});

	it.each(['.', '..'])('is refused with the model %s', async (model) => {
		expect(await decodeLink(withDraft({ model }))).toEqual({ ok: false, code: 'bad-model' });
	});

	it.each<[string, unknown]>([
		['of the first version', { responseId: 'r', covers: 2, run: 'x' }],
		['of today', { responseId: 'r', after: 'm' }],
		['of no version', 7]
	])('loses its chain %s', async (_, chain) => {
		const decoded = await decodeLink(withDraft({ chain }));
		expect(decoded.ok && decoded.draft).toEqual({ model: 'a', messages: [], params: {} });
	});
});

describe('a hash', () => {
	const small = { model: '', messages: [], params: {} };
	const rows: [name: string, code: string, hash: string][] = [
		['nothing', 'not-a-link', ''],
		['another hash', 'not-a-link', '#/x/run1'],
		['no version', 'not-a-link', '#/s/abc'],
		['version 0', 'not-a-link', '#/s/0.abc'],
		['a word before it', 'not-a-link', `x${linkOfJson({ api: 'converse', draft: small })}`],
		['version 2', 'future-version', '#/s/2.abc'],
		['a long version 10', 'future-version', `#/s/10.${'!'.repeat(maxLinkLength)}`],
		['64 kB and more', 'too-long', `#/s/1.${'A'.repeat(maxLinkLength)}`],
		['no body', 'damaged', '#/s/1.'],
		['what is not base64url', 'damaged', '#/s/1.a+b/c='],
		['a length that base64 has not', 'damaged', '#/s/1.abcde'],
		['what is not deflate', 'damaged', '#/s/1._____w'],
		['what is not UTF-8', 'damaged', linkOf(new Uint8Array([0x22, 0xff, 0x22]))],
		['what is not JSON', 'damaged', linkOf('{"api":')],
		['JSON that is no object', 'not-a-draft', linkOf('null')],
		['an unknown API', 'not-a-draft', linkOfJson({ api: 'telnet', draft: small })],
		['no draft', 'not-a-draft', linkOfJson({ api: 'converse' })],
		[
			'a deep draft',
			'not-a-draft',
			linkOf(`{"api":"converse","draft":${'['.repeat(4e4)}${']'.repeat(4e4)}}`)
		]
	];
	it.each(rows)('with %s is %s', async (_, code, hash) => {
		expect(await decodeLink(hash)).toEqual({ ok: false, code });
	});

	it('with something after its end is damaged, or opens where the engine does not mind', async () => {
		const decoded = await decodeLink(`${linkOfJson({ api: 'converse', draft: small })}AAAA`);
		expect(decoded.ok ? decoded.draft : decoded.code).toEqual(decoded.ok ? small : 'damaged');
	});

	it('that was cut anywhere opens nothing', async () => {
		const link = await encodeLink('converse', draft);
		for (let length = 0; length < link.length; length++) {
			expect((await decodeLink(link.slice(0, length))).ok, `${length}`).toBe(false);
		}
	});

	it('that was changed anywhere throws nothing', { timeout: 60_000 }, async () => {
		const link = await encodeLink('converse', draft);
		let seed = 7;
		const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
		for (let round = 0; round < 1000; round++) {
			const at = 6 + next(link.length - 6);
			const char = 'ABCDefgh0123-_'[next(14)] ?? '';
			const decoded = await decodeLink(link.slice(0, at) + char + link.slice(at + 1));
			if (!decoded.ok) expect(['damaged', 'not-a-draft', 'too-long']).toContain(decoded.code);
		}
	});

	it('may hold 1 MiB and not a byte more', async () => {
		const textOf = (length: number): string => {
			const head = `{"api":"converse","draft":{"messages":[],"params":{},"model":"`;
			return `${head}${'x'.repeat(length - head.length - 3)}"}}`;
		};
		expect((await decodeLink(linkOf(textOf(1_048_576)))).ok).toBe(true);
		expect(await decodeLink(linkOf(textOf(1_048_577)))).toEqual({ ok: false, code: 'too-long' });
	});

	it('that would become 50 MB stops at 1 MiB', async () => {
		const bomb = linkOf(new Uint8Array(48 * 1_048_576));
		expect(bomb.length).toBeLessThan(maxLinkLength);
		let peak = 0;
		let base = 0;
		const sample = () => process.memoryUsage().arrayBuffers;
		const watch = setInterval(() => (peak = Math.max(peak, sample() - base)));
		for (let time = 0; time < 5; time++) {
			base = sample();
			expect(await decodeLink(bomb)).toEqual({ ok: false, code: 'too-long' });
		}
		clearInterval(watch);
		// About 3 MB; the rest is room for garbage not yet collected.
		expect(peak).toBeLessThan(16_000_000);
	});
});

describe('a secret in a text', () => {
	const rows: [kinds: string[], text: string][] = [
		[['short-term'], JSON.stringify({ text: `use bedrock-api-key-${'YmVk'.repeat(9)}==` })],
		[['long-term'], `key="ABSK${'QmVk'.repeat(30)}"`],
		[['access-key-id'], 'AKIAIOSFODNN7EXAMPLE'],
		[['access-key-id'], 'id:ASIAIOSFODNN7EXAMPLE,'],
		[['short-term', 'access-key-id'], `bedrock-api-key-${'a'.repeat(16)} AKIAIOSFODNN7EXAMPLE`],
		[[], 'A key starts with bedrock-api-key- or ABSK, an id with AKIA.'],
		[[], `iVBORw0KGgo${'A'.repeat(40)}ABSK${'Qm/k'.repeat(30)}AKIAIOSFODNN7EXAMPLE0`]
	];
	it.each(rows)('%j is found', (kinds, text) => {
		expect(findSecrets(text)).toEqual(kinds);
		expect(holdsSecret(text)).toBe(kinds.length > 0);
	});
});
