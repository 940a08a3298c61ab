import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it, vi } from 'vitest';
import { newKey } from '../../../../tests/new-key.mjs';
import { apiIds } from '../../model/draft.ts';
import { readPastedKey } from '../../model/pasted-key.ts';
import { openPage, say, simulate } from '../../state/test-kit.ts';
import { readAll, storeOf } from '../../storage/test-kit.ts';
import { drawPage, drawTurns } from './test-page.ts';

beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
});

/** All that a short-term key holds and nobody may see outside `Authorization`. */
function secretsOf(key: string): string[] {
	const payload = key.slice('bedrock-api-key-'.length);
	return [
		...[key, payload, payload.slice(20, 80), '0123456789abcdef'.repeat(4)],
		...['SessionTokenThatNobodyMaySee', 'ASIAIOSFODNN7EXAMPLE']
	];
}

it.each(apiIds)(
	'what a key holds is nowhere but in Authorization and in its own database: %s',
	async (api) => {
		const headers: string[] = [];
		const answer = simulate();
		const page = await openPage((input, init) => {
			const entries = [...new Request(input, init).headers];
			headers.push(JSON.stringify(entries.filter(([name]) => name !== 'authorization')));
			return answer(input, init);
		});
		const { playground } = page;
		const key = newKey();
		const pasted = readPastedKey(key, Date.now());
		if (pasted.kind !== 'short-term') throw new Error('The key that tests make is none');
		await playground.useKey(pasted, 'until-expiry');
		playground.change({ api });
		const conversation = playground.tabs.current;
		const where: unknown[] = [];
		for (const model of [conversation.editor.settings.model, 'fault.throttled']) {
			conversation.editor.change({ model });
			await say(conversation, 'Write a haiku.');
			for (const inspector of ['body', 'code']) {
				playground.change({ inspector });
				where.push(await drawPage(page), await drawTurns(page, conversation));
			}
		}
		conversation.editor.composer = 'And one more.';
		conversation.editor.settle();
		const { next } = conversation;
		const last = conversation.lastRun;
		const sent = last && conversation.requestOf(last)?.request;
		const { clients } = await import('../../snippets/index.ts');
		for (const request of [next.built.request, sent ?? next.built.request]) {
			where.push(request, ...clients.map((client) => client.render(request, api, []).code));
		}
		const { encodeLink, decodeLink } = await import('../../share/link.ts');
		const link = await encodeLink(api, next.draft);
		where.push(link, await decodeLink(link), last, ...headers);
		where.push(page.sent.map(({ url, body }) => url + body));
		where.push(await readAll(storeOf('bedrock-playground')));

		expect(sent).toBeDefined();
		expect(page.sent.map(({ authorization }) => authorization)).toEqual(
			Array(2).fill(`Bearer ${key}`)
		);
		const text = JSON.stringify(where);
		expect(text).toContain('Write a haiku.');
		expect(text).toMatch(/AWS_BEARER_TOKEN_BEDROCK/);
		for (const secret of secretsOf(key)) expect(text).not.toContain(secret);
		expect(JSON.stringify(await readAll(storeOf('bedrock-playground-vault')))).toContain(key);
		await playground.keyRing.forget();
		page.close();
	}
);
