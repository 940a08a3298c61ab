import { IDBFactory } from 'fake-indexeddb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { examples } from '../apis/test-kit.ts';
import type { Example } from '../apis/test-kit.ts';
import { fullBodies } from '../apis/test-full-bodies.ts';
import { apiIds } from '../model/draft.ts';
import type { ApiId } from '../model/draft.ts';
import { readDeepJson } from '../model/json-text.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { openPage } from './test-kit.ts';
import type { Page } from './test-kit.ts';
import type { typeBody as TypeBody } from './typed-body.svelte.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
vi.setConfig({ hookTimeout: 60_000 });

let page: Page;
let typeBody: typeof TypeBody;
let given: unknown;

beforeAll(async () => {
	globalThis.indexedDB = new IDBFactory();
	page = await openPage(() => Promise.resolve(Response.json(given)));
	({ typeBody } = await import('./typed-body.svelte.ts'));
});
afterAll(() => page.close());

const bodies: { id: string; api: ApiId; body: Json; response?: Example['response'] }[] = [
	...examples.map(({ id, api, request, response }) => ({
		...{ id, api, body: request.body },
		...(response && { response })
	})),
	...apiIds.map((api) => ({ id: 'every field', api, body: fullBodies[api] }))
];

it.each(bodies)(
	'$id of $api, pasted as a body, goes out as it stands, and the form makes the same of it',
	async ({ api, body, response }) => {
		const { playground } = page;
		playground.change({ api });
		const chat = playground.tabs.startAnew();
		chat.editor.change({ stream: undefined });
		given = response?.body ?? {};
		const text = JSON.stringify(body, null, 1);
		const typed = typeBody(chat, text);
		expect(typed.problem).toBeUndefined();
		expect(chat.next.built.losses).toEqual([]);
		const before = page.sent.length;
		await chat.send();
		expect(page.sent.slice(before).map((sent) => sent.body)).toEqual([text]);
		const run = chat.lastRun;
		expect(run && chat.requestOf(run)?.isExact).toBe(true);
		// As built from the turns that it has become, and from what is now in the form.
		const draft = run && chat.draftOf(run);
		const { body: built = '' } = draft ? chat.api.build(draft, chat.target).request : {};
		expect(readDeepJson(built) as JsonObject).toEqual(body);
	}
);
