import { readFileSync } from 'node:fs';
import type { ApiId } from '../model/draft.ts';
import type { Json } from '../model/json.ts';
import { stringifyBody } from '../model/request.ts';
import type { HttpRequest } from '../model/request.ts';
import type { SnippetFile } from './files.ts';

/** One request, and how the loopback server answers it. */
export interface Case {
	id: string;
	api: ApiId;
	request: HttpRequest;
	/** What of the body's bytes stands in files. */
	files?: readonly SnippetFile[];
	/** Absent: a plain answer with text. */
	answer?: 'error' | 'stream-error' | 'cut' | 'tool-call' | 'unknown-operation';
}

interface Example {
	id: string;
	api: string;
	request: { method: 'POST'; url: string; headers: Record<string, string>; body: Json };
}

/** Every API. */
export const apis: readonly ApiId[] = ['converse', 'chat-completions', 'responses'];

/** The requests that the service's documents show. */
export function readFixtures(): Case[] {
	const url = new URL('../../../tests/fixtures/requests.json', import.meta.url);
	const { examples } = JSON.parse(readFileSync(url, 'utf8')) as { examples: Example[] };
	return examples
		.filter(({ api }) => apis.some((id) => id === api))
		.map(({ id, api, request }) => ({
			id,
			api: api as ApiId,
			request: { ...request, body: stringifyBody(request.body) }
		}));
}

const prompts: Record<string, string> = {
	quotes: `'single' "double" \`back\` ''' """ '\\'' “curly” don't "don't"`,
	shell: '$(touch pwned) `touch pwned` ${HOME} $HOME && touch pwned; | > pwned #',
	history: '!history !! !$ ^a^b',
	lines: 'one\ntwo\r\nthree\rfour\n\n\tfive\n',
	backslashes: '\\ \\\\ \\n \\u0041 \\x41 \\N{DEGREE SIGN} \\',
	percent: '%s %d %n %% {name} {{x}} ${x} f"{x}"',
	separators: 'a\u2028b\u2029c\u0085d\u00a0e\ufefff\u202eg\u2066h',
	emoji: '👩‍👩‍👧 🇯🇵 é e\u0301 你好，世界 مرحبا',
	control: '\0\x01\x07\b\f\v\x1b[31m\x7f\x9f',
	surrogates: 'lone \ud800 and \udc00, swapped \udc00\ud800 end \ud83d',
	dashes: '-n --data @/etc/passwd -',
	script: '</script><!-- <script> --> */ // # """',
	delimiters: 'EOF\nJSON\nEOF\n',
	empty: '',
	long: `${'你好 "quoted" it\'s $HOME\n'.repeat(4000)}end`
};

const arn = 'arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abc%zz';

/** A request of each API with `text` as the prompt. */
export function requestWith(api: ApiId, text: string, stream: boolean, more = {}): HttpRequest {
	const headers = { 'Content-Type': 'application/json' };
	if (api === 'converse') {
		const url = `https://bedrock-runtime.eu-west-1.amazonaws.com/model/${encodeURIComponent(arn)}`;
		const body = { messages: [{ role: 'user', content: [{ text }] }], ...more };
		return {
			method: 'POST',
			url: `${url}/${stream ? 'converse-stream' : 'converse'}`,
			headers,
			body: stringifyBody(body)
		};
	}
	const base = 'https://bedrock-mantle.eu-west-1.api.aws/openai/v1';
	const sent =
		api === 'responses' ? { input: text } : { messages: [{ role: 'user', content: text }] };
	return {
		method: 'POST',
		url: `${base}/${api === 'responses' ? 'responses' : 'chat/completions'}`,
		headers,
		body: stringifyBody({ model: 'openai.gpt-oss-120b', ...sent, stream, ...more })
	};
}

/** Prompts that break careless quoting, for every API, streamed and not. */
export function newNastyCases(): Case[] {
	return Object.entries(prompts).flatMap(([id, text], index) =>
		apis.map((api) => ({
			id: `${id} ${api}`,
			api,
			request: requestWith(api, text, index % 2 === 0)
		}))
	);
}

/** Answers that are no plain text, for every API, streamed and not. */
export function newAnswerCases(): Case[] {
	return apis.flatMap((api) =>
		[true, false].flatMap((stream) => {
			const kinds = stream
				? (['error', 'stream-error', 'cut', 'unknown-operation'] as const)
				: (['error', 'tool-call', 'unknown-operation'] as const);
			return kinds.map((answer): Case => ({
				id: `${answer} ${stream ? 'streamed' : 'whole'} ${api}`,
				api,
				request: requestWith(api, 'Hi', stream),
				answer
			}));
		})
	);
}
