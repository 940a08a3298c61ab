import { fullBodies } from '../apis/test-full-bodies.ts';
import type { ApiId } from '../model/draft.ts';
import type { Json } from '../model/json.ts';
import { stringifyBody } from '../model/request.ts';
import type { HttpRequest } from '../model/request.ts';
import { apis, requestWith } from './test-cases.ts';
import type { Case } from './test-cases.ts';

const oddValues: Json = JSON.parse(
	'{"__proto__":{"a":1},"constructor":"x","1":"one","class":null,"ключ":[[],{},[{}]],' +
		'"a b":[true,false,-0.5,1e-7,1e21,123456789012],"quo\\"te\\u2028\'":"","":[""]}'
) as Json;

/** Fields that no library knows, keys that languages treat as special. */
export function newOddCases(): Case[] {
	const extra = { additionalModelRequestFields: oddValues };
	return [
		{ id: 'odd documents', api: 'converse', request: requestWith('converse', 'Hi', false, extra) },
		...apis.flatMap((api): Case[] => [
			{
				id: `odd fields ${api}`,
				api,
				request: requestWith(api, 'Hi', api === 'responses', oddValues as object)
			}
		]),
		...apis.map((api): Case => ({ id: `a picture ${api}`, api, request: newPictureRequest(api) })),
		// Images, documents, audio, tools with their results, an output schema, and every parameter.
		...apis.map((api): Case => ({
			id: `every field ${api}`,
			api,
			request: requestWith(api, '', false, fullBodies[api] as object)
		})),
		{ id: 'blobs', api: 'converse', request: newBlobRequest() }
	];
}

/** With an attachment that is longer than an argument of a process may be. */
function newPictureRequest(api: ApiId): HttpRequest {
	const base64 = 'iVBORw0K'.repeat(30_000);
	const url = `data:image/png;base64,${base64}`;
	const contents: Record<ApiId, Json> = {
		converse: [{ image: { format: 'png', source: { bytes: base64 } } }, { text: 'What is it?' }],
		'chat-completions': [{ type: 'image_url', image_url: { url } }],
		responses: [{ type: 'input_image', image_url: url }]
	};
	const list = [{ role: 'user', content: contents[api] }];
	const more = api === 'responses' ? { input: list } : { messages: list };
	return requestWith(api, '', false, more);
}

function newBlobRequest(): HttpRequest {
	const image = { image: { format: 'png', source: { bytes: 'iVBORw0KGgoAAA==' } } };
	const input = { image: { source: { bytes: 'not a blob' } } };
	const content = [
		image,
		{ toolResult: { toolUseId: 'a', content: [{ json: input }, image] } },
		{ document: { format: 'txt', name: 'x', source: { text: 'plain' } } },
		{ document: { format: 'pdf', name: 'y', source: { bytes: 'JVBERi0=' } } },
		{ audio: { format: 'mp3', source: { bytes: 'SUQz' } } },
		{ video: { format: 'mp4', source: { bytes: 'AAAAGGZ0eXA=' } } }
	];
	const reasoning = [
		{ reasoningContent: { redactedContent: '/+8=' } },
		{ toolUse: { toolUseId: 'a', name: 'f', input } }
	];
	return requestWith('converse', '', false, {
		messages: [
			{ role: 'assistant', content: reasoning },
			{ role: 'user', content }
		]
	});
}

/** Requests that no library can say: they go out as they are. */
export function newRawCases(): Case[] {
	const base = requestWith('responses', '', false);
	const converse = requestWith('converse', 'Hi', false);
	const rows: [id: string, request: Partial<HttpRequest>, api?: ApiId][] = [
		['not JSON', { body: `{"a": '''it's''', \`\${1}\` "\\u0041"\r\n\r } ''` }],
		['NUL', { body: '\0' }],
		['ends with a quote', { body: "'''" }],
		['unsafe integer', { body: '{"model":"m","input":"x","n":12345678901234567890}' }],
		['other spaces', { body: '{"model": "m","input":"`${x}` \\\\ \\n\\u2028"}' }],
		['key twice', { body: '{\n  "a": 1,\n  "a": 2\n}' }],
		['a list', { body: '[]' }],
		['deep', { body: stringifyBody({ model: 'm', input: nest(300) }) }],
		['very deep', { body: `${'['.repeat(20_000)}1${']'.repeat(20_000)}` }],
		['an address with a query', { url: `${base.url}?a=[1-3]&b={x,y}` }],
		['no input', { body: stringifyBody({ previous_response_id: 'r' }) }],
		['modelId in the body', { ...converse, body: '{\n  "modelId": "x"\n}' }, 'converse'],
		[
			'not base64',
			{ ...converse, body: newBlobRequest().body?.replace('==', '') ?? '' },
			'converse'
		],
		['bad escape', { ...converse, url: converse.url.replace('%25', '%') }, 'converse']
	];
	return [
		...rows.map(([id, request, api]): Case => ({
			id,
			api: api ?? 'responses',
			request: { ...base, ...request }
		})),
		{
			id: 'GET',
			api: 'responses',
			request: { method: 'GET', url: `${base.url}/resp_1`, headers: {} }
		},
		{
			id: 'DELETE',
			api: 'responses',
			request: { method: 'DELETE', url: `${base.url}/resp_1`, headers: {} }
		}
	];
}

function nest(depth: number): Json {
	return depth === 0 ? 1 : [nest(depth - 1)];
}
