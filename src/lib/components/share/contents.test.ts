import { describe, expect, it } from 'vitest';
import { fullBodies } from '../../apis/test-full-bodies.ts';
import { apis } from '../../apis/index.ts';
import { apiIds } from '../../model/draft.ts';
import type { ApiId, Draft } from '../../model/draft.ts';
import { decodeLink, encodeLink, withoutFiles } from '../../share/link.ts';
import { sayOf } from '../workspace/test-render.ts';
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
