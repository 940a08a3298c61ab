import { IDBFactory } from 'fake-indexeddb';
import { beforeAll, expect, it } from 'vitest';
import { textOf } from '../../model/draft.ts';
import type { ApiId } from '../../model/draft.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import { openPage, say } from '../../state/test-kit.ts';
import type { Page } from '../../state/test-kit.ts';
import { drawTurns } from '../shell/test-page.ts';
import { words } from './test-render.ts';

// What people met with other services, as it is shown: each row is answered with a body as it was recorded or reported.

const stream = (body: string, type = 'text/event-stream') =>
	new Response(body, { headers: { 'content-type': type } });
const eventsOf = (...events: object[]) =>
	events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
const sse = (...events: object[]) => stream(eventsOf(...events));
const whole = (body: string) => stream(body, 'application/json');
const chunk = (content: string, rest: object = {}) => ({
	choices: [{ index: 0, delta: { content }, ...rest }]
});
const stop = { finish_reason: 'stop' };
const message = (text: string) => ({ type: 'message', content: [{ type: 'output_text', text }] });
const completed = (response: object) => sse({ type: 'response.completed', response });
const converse = (content: object[], rest: object = {}) =>
	whole(
		JSON.stringify({
			...{ output: { message: { role: 'assistant', content } }, stopReason: 'end_turn' },
			...rest
		})
	);
const assessments = { g1: { wordPolicy: { customWords: [{ match: 'rude', action: 'BLOCKED' }] } } };

interface Row {
	name: string;
	api: ApiId;
	given: Response;
	/** The text of the answer. */
	text: string;
	/** What is shown beside it. */
	shown?: RegExp;
	/** Whether nothing is said of the end, as of an answer with which nothing is wrong. */
	isFine?: true;
	see?: (conversation: Conversation, html: string) => void;
}

const rows: readonly Row[] = [
	{
		name: 'an empty reason to end is none: the answer is cut short',
		api: 'chat-completions',
		given: sse(chunk('Half'), chunk('', { finish_reason: '' })),
		text: 'Half',
		shown: /Cut short\./
	},
	{
		name: 'completed with incomplete inside is incomplete',
		api: 'responses',
		given: completed({
			...{ id: 'resp_1', status: 'incomplete', output: [message('Half')] },
			incomplete_details: { reason: 'max_output_tokens' }
		}),
		text: 'Half',
		shown: /Incomplete/
	},
	{
		name: 'an error in a choice is an error, and its words are shown',
		api: 'chat-completions',
		given: sse(chunk('Half', { error: { message: 'No room left', code: 'overloaded' } })),
		text: 'Half',
		see: (_, html) => {
			expect(/data-testid="service-said"[^]*?<\//.exec(html)?.[0]).toContain('No room left');
		}
	},
	{
		name: 'a stream that calls itself plain text and ends without a blank line',
		api: 'chat-completions',
		given: stream(`${eventsOf(chunk('Plain', stop))}data: [DONE]`, 'text/plain'),
		text: 'Plain',
		isFine: true
	},
	{
		name: 'a text that comes only at the end, and its response can be continued',
		api: 'responses',
		given: completed({ id: 'resp_2', status: 'completed', output: [message('Late')] }),
		text: 'Late',
		isFine: true,
		see: (conversation) => expect(conversation.chain?.responseId).toBe('resp_2')
	},
	{
		name: 'a second choice stands beside the first, told by its index',
		api: 'chat-completions',
		given: sse(
			{ choices: [{ index: 1, delta: { content: 'second' }, finish_reason: 'stop' }] },
			chunk('first', stop)
		),
		text: 'first',
		shown: /1\/2/,
		see: (conversation) => {
			const { tree } = conversation;
			const both = tree.siblingsOf(tree.leaf ?? '').map((turn) => textOf(turn.message.parts));
			expect(both).toEqual(['first', 'second']);
		}
	},
	{
		name: 'a leading tag that is closed is thinking',
		api: 'chat-completions',
		given: sse(chunk('<think>Plan'), chunk('</think>Answer', stop)),
		text: 'Answer',
		see: (_, html) => expect(/<summary[^]*?<\/summary>/.exec(html)?.[0]).toContain('Thinking')
	},
	{
		name: 'a leading tag that prose goes on about is text',
		api: 'chat-completions',
		given: sse(chunk('<thinking> is an HTML-like tag', stop)),
		text: '<thinking> is an HTML-like tag',
		isFine: true
	},
	{
		name: 'cited words are part of the text, with the source under them',
		api: 'converse',
		given: converse([
			{
				citationsContent: {
					content: [{ text: 'Water boils.' }],
					citations: [{ title: 'Steam', location: { web: { url: 'https://a.example/b' } } }]
				}
			}
		]),
		text: 'Water boils.',
		see: (_, html) => {
			const [sources = ''] = /data-testid="sources"[^]*?<\/a>/.exec(html) ?? [];
			expect(sources).toMatch(/<a href="https:\/\/a\.example\/b"[^]*Steam/);
		}
	},
	{
		name: 'numbers of a tool call keep their digits',
		api: 'converse',
		given: whole(
			'{"output":{"message":{"content":[{"toolUse":{"toolUseId":"t","name":"n","input":{"id":9007199254740993,"x":1.0}}}]}},"stopReason":"tool_use"}'
		),
		text: '',
		see: (_, html) => {
			const [, call = ''] = html.split('data-testid="tool-call"');
			expect(words(call)).toMatch(/"id" ?: 9007199254740993 ?, "x" ?: 1\.0/);
		}
	},
	{
		name: 'what a guardrail did, and the tier that served, are in Details',
		api: 'converse',
		given: converse([{ text: 'Masked' }], {
			trace: { guardrail: { inputAssessment: assessments } },
			serviceTier: { type: 'flex' }
		}),
		text: 'Masked',
		see: (_, html) => {
			const [, details = ''] = html.split('data-testid="details"');
			expect(details).toMatch(/aria-label="What the guardrail did"[^]*rude[^]*serviceTier/);
		}
	},
	{
		name: 'an answer of nothing but white space is empty',
		api: 'chat-completions',
		given: sse(chunk(' \n', stop)),
		text: ' \n',
		shown: /The answer is empty\./
	},
	{
		name: 'a text after the end is kept and noted, and the answer stays finished',
		api: 'chat-completions',
		given: sse(chunk('Whole', stop), chunk(' and more')),
		text: 'Whole and more',
		isFine: true,
		shown: /went on after it had ended/
	},
	{
		name: 'a response that is still queued says so and blames no proxy',
		api: 'responses',
		// Without an id it can't be followed, as one in the background is.
		given: whole('{"status":"queued","output":[]}'),
		text: '',
		shown: /queued on the service/
	}
];

let page: Page;
let given: Response | undefined;

// Modules take their time to load on a busy machine.
beforeAll(async () => {
	globalThis.indexedDB = new IDBFactory();
	page = await openPage(() => {
		if (given === undefined) return Promise.reject(new Error('nothing is given'));
		return Promise.resolve(given.clone());
	});
}, 60_000);

it.each(rows)(
	'Met with other services: $name',
	async ({ api, text, shown, isFine, see, ...row }) => {
		({ given } = row);
		const conversation = page.playground.tabs.startAt(api);
		const isStreamed = given.headers.get('content-type') !== 'application/json';
		conversation.editor.change({ stream: isStreamed ? true : undefined });
		await say(conversation, row.name);
		expect(textOf(conversation.tree.path[1]?.message.parts ?? [])).toBe(text);
		const html = await drawTurns(page, conversation);
		const [, answer = ''] = html.split(/<article(?=[^>]*>(?:(?!<article)[^])*Assistant)/);
		expect(answer).toContain('data-testid="metrics"');
		if (shown !== undefined) expect(words(answer)).toMatch(shown);
		if (isFine) expect(answer).not.toMatch(/data-testid="(ending|error-card)"/);
		see?.(conversation, answer);
	}
);
