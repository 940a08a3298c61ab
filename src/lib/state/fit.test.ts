import { expect, it } from 'vitest';
import { examples } from '../apis/test-kit.ts';
import { fullBodies } from '../apis/test-full-bodies.ts';
import { apiIds } from '../model/draft.ts';
import type { ApiId } from '../model/draft.ts';
import type { Json } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import { findFit } from './fit.ts';

const head = (path: string): HttpRequest => ({
	...{ method: 'POST', headers: {} },
	url: `https://bedrock-runtime.us-west-2.amazonaws.com/${path}`
});
const heads: Record<ApiId, HttpRequest> = {
	converse: head('model/a.b/converse'),
	'chat-completions': head('openai/v1/chat/completions'),
	responses: head('openai/v1/responses')
};
const bodies: { name: string; api: ApiId; body: Json }[] = [
	...examples.map(({ id, api, request }) => ({ name: id, api, body: request.body })),
	...apiIds.map((api) => ({ name: 'every field', api, body: fullBodies[api] }))
];

it.each(bodies)('a body of $api, $name, fits that tab and no other', ({ api, body }) => {
	const text = JSON.stringify(body);
	const fits = apiIds.map((own) => [own, findFit(text, own, heads)]);
	expect(fits).toEqual(apiIds.map((own) => [own, own === api ? undefined : api]));
});

it.each(['', '[]', '{}', '{"a":1}', '{"messages":'])('%j fits no tab', (text) => {
	expect(apiIds.map((own) => findFit(text, own, heads))).toEqual([undefined, undefined, undefined]);
});
