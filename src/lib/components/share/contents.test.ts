import { describe, expect, it } from 'vitest';
import { fullBodies } from '../../apis/test-full-bodies.ts';
import { apis } from '../../apis/index.ts';
import { apiIds } from '../../model/draft.ts';
import type { ApiId, Draft } from '../../model/draft.ts';
import { decodeLink, encodeLink, withoutFiles } from '../../share/link.ts';
import { draw, sayOf } from '../workspace/test-render.ts';
import LinkProblem from './LinkProblem.svelte';
import ShareDialog from './ShareDialog.svelte';
import ShareContents from './ShareContents.svelte';
import SharedFacts from './SharedFacts.svelte';

const urls: Record<ApiId, string> = {
	converse: 'https://bedrock-runtime.us-west-2.amazonaws.com/model/m/converse',
	'chat-completions': 'https://bedrock-mantle.us-west-2.api.aws/v1/chat/completions',
	responses: 'https://bedrock-mantle.us-west-2.api.aws/v1/responses'
};

/** A request with everything in it. */
function draftOf(api: ApiId): Draft {
	const body = JSON.stringify(fullBodies[api]);
	return apis[api].read({ method: 'POST', url: urls[api], headers: {}, body });
}

/** What the dialog says: what goes into the link, and what does not. */
function saidOf(api: ApiId): string[] {
	const { draft, count } = withoutFiles(draftOf(api));
	return sayOf(ShareContents, { api, draft, files: count, label: 'X' }).split('Not included');
}

describe('sharing a request with everything in it', () => {
	it.each(apiIds)('says of %s that tools and the form of the answer go along', (api) => {
		const tools = draftOf(api).tools?.length ?? 0;
		expect(saidOf(api)[0]).toContain(`${tools} tools`);
		expect(saidOf(api)[0]).toContain('Form of the answer');
	});

	it.each<[ApiId, string]>([
		['chat-completions', '3 attached files'],
		['responses', '2 attached files'],
		['responses', 'previous_response_id']
	])('says of %s what stays here: %s', (api, words) => {
		expect(saidOf(api)[1]).toContain(words);
	});

	it.each<[ApiId, string]>([
		['converse', 'weather cachePoint'],
		['chat-completions', 'weather clock custom'],
		['responses', 'weather mcp l web_search']
	])('tells who opens the link of %s which tools are in it', async (api, names) => {
		const decoded = await decodeLink(await encodeLink(api, draftOf(api)));
		if (!decoded.ok) throw new Error(decoded.code);
		const said = sayOf(SharedFacts, { api, draft: decoded.draft, params: [] });
		expect(said).toContain(`Tools ${names}`);
		expect(said).toContain('Form of the answer by a JSON Schema');
	});
});

describe('a shared request of a stranger', () => {
	it('names its model as text, with what is invisible made visible', () => {
		const draft: Draft = { model: '<b>bold</b>\u202e', params: {}, messages: [] };
		const props = { api: 'converse' as const, draft, params: [] };
		expect(sayOf(SharedFacts, props)).toContain('<b>bold</b>⟨U+202E⟩');
		expect(draw(SharedFacts, props)).not.toContain('<b>');
	});

	it.each([
		['not-a-link', /does not hold a shared request/],
		['future-version', /made by a newer version/],
		['too-long', /longer than a link may be/],
		['damaged', /damaged or was cut/],
		['not-a-draft', /is not a request that this page knows/],
		['bad-model', /would lead the request to another address/],
		['not-loaded', /could not be loaded/]
	] as const)('that is no link, %s, gives a sentence', (code, sentence) => {
		const said = sayOf(LinkProblem, { code, onclose: () => undefined });
		expect(said).toMatch(/^This link cannot be opened/);
		expect(said).toMatch(sentence);
	});
});

describe('the dialog of a link', () => {
	const shared = { api: 'converse' as const, draft: draftOf('converse'), files: 0, label: 'X' };
	const link = 'https://a.example/#/s/1.abc';
	const dialog = { ...shared, link, secretFound: false, onclose: () => undefined };
	/** Whether its button can not be pressed, and what is in its field. */
	const found = (html: string) => ({
		isOff: / disabled[^>]*>(?:(?!<button)[^])*Copy link/.test(html),
		value: / value="([^"]*)"/.exec(html)?.[1]
	});

	it('shows the link, to be copied', () => {
		expect(found(draw(ShareDialog, dialog))).toEqual({ isOff: false, value: link });
	});

	it('shows none where the request holds what looks like a key', () => {
		const props = { ...dialog, secretFound: true };
		expect(found(draw(ShareDialog, props))).toEqual({ isOff: true, value: '' });
		expect(sayOf(ShareDialog, props)).toContain('something in this request that looks like a key');
	});

	it('lets nobody copy one that is too long to open', () => {
		const props = { ...dialog, tooLong: true };
		expect(found(draw(ShareDialog, props))).toMatchObject({ isOff: true });
		expect(sayOf(ShareDialog, props)).toContain('This request is too long for a link.');
	});
});
