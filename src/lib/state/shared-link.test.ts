import { IDBFactory } from 'fake-indexeddb';
import { deflateRawSync } from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { apiIds } from '../model/draft.ts';
import { newKey, openPage, say, simulate, spoken, tab } from './test-kit.ts';
import type { Fetch } from './runner.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
});

/** A link as anyone could write one. */
function linkOf(value: unknown): string {
	const json = typeof value === 'string' ? value : JSON.stringify(value);
	return `#/s/1.${deflateRawSync(json).toString('base64url')}`;
}

/** A plain draft for a link, with one user message. */
function newDraft(change: object = {}) {
	const message = { id: '', role: 'user', parts: [{ type: 'text', text: 'From a stranger' }] };
	return { model: 'us.amazon.nova-2-lite-v1:0', params: {}, messages: [message], ...change };
}

it.each(apiIds)(
	'a link to a request of %s opens in another browser, sends nothing, and then sends the same body',
	async (api) => {
		const page = await openPage();
		await page.playground.useKey(newKey(), 'until-expiry');
		page.playground.change({ api });
		const { editor } = page.playground.tabs.current;
		editor.change({ model: 'openai.gpt-oss-20b' });
		editor.setSystem('Be brief.');
		editor.setParam('temperature', 0.25);
		editor.composer = 'What is a “stream”? 你好 🧪\n`code` & <b>tags</b>';
		editor.settle();
		const { encodeLink } = await import('../share/link.ts');
		const hash = await encodeLink(api, page.playground.tabs.current.next.draft);
		await page.playground.tabs.current.send();
		page.close();

		globalThis.indexedDB = new IDBFactory();
		const other = await openPage(simulate(), hash);
		const { playground } = other;
		expect(playground.link).toMatchObject({
			...{ ok: true, api },
			draft: { model: 'openai.gpt-oss-20b', params: { temperature: 0.25 } }
		});
		playground.openShared();
		expect(playground.settings.api).toBe(api);
		expect(spoken(playground.tabs.current)).toEqual([
			'> What is a “stream”? 你好 🧪\n`code` & <b>tags</b>'
		]);
		expect(other.sent).toEqual([]);
		await playground.useKey(newKey(), 'until-expiry');
		playground.tabs.current.editor.composer = '';
		await playground.tabs.current.send();
		const what = ({ url, body }: { url: string; body: string }) => ({ url, body });
		expect(other.sent.map(what)).toEqual(page.sent.map(what));
		expect(other.sent).toHaveLength(1);
	}
);

describe('a crafted link', () => {
	const evil = 'evil.example';
	const crafted: [string, object][] = [
		['a host', { host: evil, base: `https://${evil}`, url: `https://${evil}/x`, region: evil }],
		['headers', { headers: { Authorization: `Bearer ${evil}`, 'X-Evil': evil } }],
		['a key', { authorization: `Bearer ${evil}`, key: evil, secret: evil, apiKey: evil }],
		['a target', { target: { endpoint: 'gateway', base: `https://${evil}` } }],
		['a prototype', JSON.parse(`{"__proto__": {"base": "https://${evil}"}}`) as object],
		['a host in the model', { model: `@${evil}/../../#?x=` }]
	];
	it('is sent where the key says, with no header of its own', async () => {
		const headers: Headers[] = [];
		const answer = simulate();
		const watched: Fetch = (input, init) => {
			headers.push(new Request(input, init).headers);
			return answer(input, init);
		};
		const { playground, sent } = await openPage(watched);
		const key = newKey();
		await playground.useKey(key, 'until-expiry');
		for (const [name, change] of crafted) {
			const draft = newDraft({ ...change, endpoint: 'runtime' });
			await playground.openHash(linkOf({ api: 'chat-completions', draft, ...change }));
			playground.openShared();
			playground.tabs.current.editor.composer = '';
			await playground.tabs.current.send();
			const [one, ...more] = sent.splice(0);
			expect(more, name).toEqual([]);
			expect(one, name).toMatchObject({
				url: 'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1/chat/completions',
				authorization: `Bearer ${key.secret}`
			});
			expect(JSON.stringify([...(headers.pop() ?? [])]), name).not.toContain('evil');
			if (!('model' in change)) expect(one?.body, name).not.toContain(evil);
		}
	});
});

describe('a link that does not open', () => {
	const whole = linkOf({ api: 'converse', draft: newDraft() });
	const noise = Array.from({ length: 60_000 }, (_, i) =>
		String.fromCharCode(33 + ((i * i * 31) % 90))
	);
	const withDraft = (change: object) => linkOf({ api: 'converse', draft: newDraft(change) });
	const bad: [name: string, hash: string, code: string | RegExp][] = [
		['garbage', '#/s/garbage', 'not-a-link'],
		['a version of the future', whole.replace('#/s/1.', '#/s/2.'), 'future-version'],
		['a version far in the future', whole.replace('#/s/1.', '#/s/99999999.'), 'future-version'],
		['not base64', '#/s/1.%%%', 'damaged'],
		['not deflate', '#/s/1.AAAAAAAA', 'damaged'],
		['empty', '#/s/1.', 'damaged'],
		['cut in the middle', whole.slice(0, whole.length / 2), 'damaged'],
		['cut by one character', whole.slice(0, -1), 'damaged'],
		['not JSON', linkOf('not json'), 'damaged'],
		['longer than 64 kB', `#/s/1.${'A'.repeat(70_000)}`, 'too-long'],
		[
			'a true request longer than 64 kB',
			linkOf(noise.join('') + Math.PI.toString().repeat(9000)),
			/too-long|damaged/
		],
		['a bomb', linkOf(`{"api":"converse","draft":"${'0'.repeat(40_000_000)}"}`), 'too-long'],
		['an endpoint that is none', withDraft({ endpoint: 'evil.example' }), 'not-a-draft'],
		['a prefix that is none', withDraft({ prefix: '//evil.example/v1' }), 'not-a-draft'],
		['an API that is none', linkOf({ api: 'evil', draft: newDraft() }), 'not-a-draft'],
		['a draft that is none', linkOf({ api: 'converse', draft: { model: 1 } }), 'not-a-draft'],
		['no draft', linkOf({ api: 'converse' }), 'not-a-draft'],
		['null', linkOf(null), 'not-a-draft']
	];
	const code = (link: object | undefined) => (link && 'code' in link ? link.code : link);

	it('says why in the open page, which still works', async () => {
		const page = await openPage();
		const { playground } = page;
		for (const [name, hash, why] of bad) {
			await playground.openHash(hash);
			expect(code(playground.link), name).toEqual(
				why instanceof RegExp ? expect.stringMatching(why) : why
			);
			playground.openShared();
			expect(spoken(playground.tabs.current), name).toEqual([]);
			playground.link = undefined;
		}
		await say(tab(page), 'Write a haiku.');
		expect(tab(page).lastRun?.outcome).toEqual({ end: 'finished', reason: 'end_turn' });
		expect(page.sent.map(({ simulated }) => simulated)).toEqual([true]);
	});

	const cold = ['garbage', 'cut in the middle', 'longer than 64 kB', 'a bomb'];
	it.each(bad.filter(([name]) => cold.includes(name)))(
		'says why when the page is opened by it, which works: %s',
		async (_, hash, why) => {
			const page = await openPage(simulate(), hash);
			expect(code(page.playground.link)).toBe(why);
			page.playground.link = undefined;
			await say(tab(page), 'Write a haiku.');
			expect(tab(page).lastRun?.outcome).toEqual({ end: 'finished', reason: 'end_turn' });
			expect(page.sent.map(({ simulated }) => simulated)).toEqual([true]);
		}
	);
});
