import { IDBFactory } from 'fake-indexeddb';
import type OpenAI from 'openai';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { textOf } from '../model/draft.ts';
import type { ApiId, Tool } from '../model/draft.ts';
import type { Conversation } from './conversation.svelte.ts';
import { openPage, patience, say, simulate, tab } from './test-kit.ts';
import type { Page } from './test-kit.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
});

const weather: Tool = {
	type: 'function',
	name: 'get_weather',
	schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
};
const prompt = 'In 3 steps: is it warmer in Lisbon or in Kyoto?';

type Body = Record<string, unknown> & { messages?: unknown[]; input?: unknown[] };

async function openTab(
	api: ApiId,
	stream = true
): Promise<{ page: Page; conversation: Conversation }> {
	const page = await openPage(simulate());
	page.playground.change({ api });
	const conversation = tab(page, api);
	conversation.editor.change({ tools: [weather], stream: stream ? true : undefined });
	return { page, conversation };
}

/** What the last request said, its messages or items, from `start` on. */
function lastBody({ sent }: Page): Body {
	return JSON.parse(sent.at(-1)?.body ?? 'null') as Body;
}

const itemsOf = (body: Body): unknown[] => body.messages ?? body.input ?? [];

/** Writes a result for each open call: an object for the first, a text for the others. */
function answerCalls(conversation: Conversation): string[] {
	const { calls } = conversation.tray;
	for (const [i, { id }] of calls.entries()) {
		conversation.editor.setResult(id, { text: i === 0 ? '{"temp":19.40}' : 'rain' });
	}
	return calls.map(({ id }) => id);
}

/** What one step of the loop adds to the request of each API, where it holds the whole history. */
const steps: Record<ApiId, (ids: string[]) => unknown[]> = {
	converse: ([a, b]) => [
		{
			role: 'assistant',
			content: [
				{ toolUse: { toolUseId: a, name: 'get_weather', input: { city: 'Lisbon' } } },
				{ toolUse: { toolUseId: b, name: 'get_weather', input: { city: 'Kyoto' } } }
			]
		},
		{
			role: 'user',
			content: [
				{ toolResult: { toolUseId: a, content: [{ json: { temp: 19.4 } }] } },
				{ toolResult: { toolUseId: b, content: [{ text: 'rain' }] } }
			]
		}
	],
	'chat-completions': ([a, b]) => [
		{
			role: 'assistant',
			tool_calls: [
				{
					id: a,
					type: 'function',
					function: { name: 'get_weather', arguments: '{"city":"Lisbon"}' }
				},
				{
					id: b,
					type: 'function',
					function: { name: 'get_weather', arguments: '{"city":"Kyoto"}' }
				}
			]
		},
		{ role: 'tool', tool_call_id: a, content: '{"temp":19.40}' },
		{ role: 'tool', tool_call_id: b, content: 'rain' }
	],
	responses: ([a, b]) => [
		{ type: 'function_call', call_id: a, name: 'get_weather', arguments: '{"city":"Lisbon"}' },
		{ type: 'function_call', call_id: b, name: 'get_weather', arguments: '{"city":"Kyoto"}' },
		{ type: 'function_call_output', call_id: a, output: '{"temp":19.40}' },
		{ type: 'function_call_output', call_id: b, output: 'rain' }
	]
};

describe.each<[ApiId, boolean]>([
	['converse', true],
	['converse', false],
	['chat-completions', true],
	['chat-completions', false],
	['responses', true],
	['responses', false]
])('a loop of three steps on %s, streamed: %s', (api, stream) => {
	it('sends all results of a step in one turn, in the API’s own shape', async () => {
		const { page, conversation } = await openTab(api, stream);
		conversation.editor.resend = true;
		await say(conversation, prompt);
		const first = itemsOf(lastBody(page));
		const added: unknown[] = [];
		for (let step = 0; step < 3; step++) {
			const ids = answerCalls(conversation);
			expect(ids).toHaveLength(2);
			added.push(...steps[api](ids));
			await conversation.sendResults();
			expect(conversation.lastRun?.status).toBe(200);
			expect(itemsOf(lastBody(page))).toEqual([...first, ...added]);
		}
		expect(conversation.tray.calls).toEqual([]);
		expect(textOf(conversation.tree.path.at(-1)?.message.parts ?? [])).not.toBe('');
		expect(conversation.editor.results).toEqual({});
	});
});

describe('the tray', () => {
	it('is not ready until every call has a result; the next request then shows them', async () => {
		const { conversation } = await openTab('converse');
		await say(conversation, prompt);
		const [a = '', b = ''] = conversation.tray.calls.map(({ id }) => id);
		expect(conversation.next.isEmpty).toBe(true);
		conversation.editor.setResult(a, { text: '{}' });
		expect(conversation.tray.ready).toBe(1);
		expect(conversation.tray.message).toBeUndefined();
		await conversation.sendResults();
		expect(conversation.runs.facts.size).toBe(1);
		conversation.editor.setResult(b, { text: 'gone', isError: true });
		expect(conversation.next.isEmpty).toBe(false);
		expect(conversation.next.built.mends).toEqual([]);
		expect(conversation.next.built.request.body).toContain('"status": "error"');
		expect(conversation.next.size).toBe(
			new TextEncoder().encode(conversation.next.built.request.body).length
		);
	});

	it('stands under the same answer on another branch, and Send with nothing written sends it too', async () => {
		const { page, conversation } = await openTab('chat-completions');
		await say(conversation, prompt);
		const calls = answerCalls(conversation);
		await conversation.send();
		const results = conversation.tree.path.at(-2)?.id ?? '';
		const [first = '', second = ''] = calls;
		const written = { [first]: { text: '{}' }, [second]: { text: 'rain' } };
		conversation.writeResultsAgain(results, written);
		expect(conversation.tray.calls.map(({ id }) => id)).toEqual(calls);
		expect(conversation.editor.results[calls[1] ?? '']).toEqual({ text: 'rain' });
		conversation.editor.setResult(calls[1] ?? '', { text: 'snow' });
		await conversation.sendResults();
		const fork = conversation.tree.path.at(-2)?.id ?? '';
		expect(conversation.tree.siblingsOf(fork).map(({ id }) => id)).toEqual([results, fork]);
		expect(itemsOf(lastBody(page)).at(-1)).toEqual({
			...{ role: 'tool', tool_call_id: calls[1], content: 'snow' }
		});
		expect(conversation.lastRun?.status).toBe(200);
	});

	it('keeps what is half written over a reload', async () => {
		const { page, conversation } = await openTab('responses');
		await say(conversation, prompt);
		const [first] = conversation.tray.calls;
		conversation.editor.setResult(first?.id ?? '', { text: '{"half' });
		await page.playground.tabs.saveDraft(conversation);
		page.close();
		const again = tab(await openPage(simulate()), 'responses');
		await vi.waitFor(() => expect(again.tray.calls).toHaveLength(2), patience);
		expect(again.tray.calls).toEqual(conversation.tray.calls);
		expect(again.editor.results).toEqual({ [first?.id ?? '']: { text: '{"half' } });
	});

	it('sends its results before a text, where both are there', async () => {
		const { page, conversation } = await openTab('converse');
		await say(conversation, prompt);
		answerCalls(conversation);
		await say(conversation, 'Be short.');
		expect(conversation.lastRun?.status).toBe(200);
		expect(itemsOf(lastBody(page)).at(-1)).toMatchObject({
			role: 'user',
			content: [{ toolResult: {} }, { toolResult: {} }, { text: 'Be short.' }]
		});
	});

	it('does not keep one from writing something else: the calls are left out, which is said', async () => {
		const { conversation } = await openTab('converse');
		await say(conversation, prompt);
		conversation.editor.composer = 'Never mind.';
		expect(conversation.next.isEmpty).toBe(false);
		expect(conversation.next.mends.map(({ code }) => code)).toContain('unanswered-call');
		await conversation.send();
		expect(conversation.lastRun?.status).toBe(200);
	});
});

describe('a stored response with calls', () => {
	it('is continued by their results alone', async () => {
		const { page, conversation } = await openTab('responses');
		await say(conversation, prompt);
		const id = conversation.lastRun?.responseId;
		const ids = answerCalls(conversation);
		expect(conversation.chain?.responseId).toBe(id);
		await conversation.sendResults();
		expect(conversation.lastRun?.status).toBe(200);
		expect(lastBody(page)).toMatchObject({ previous_response_id: id });
		expect(itemsOf(lastBody(page))).toEqual(steps.responses(ids).slice(2));
	});

	it('is not continued by something else: the service waits for the results', async () => {
		const { page, conversation } = await openTab('responses');
		await say(conversation, prompt);
		await say(conversation, 'Never mind.');
		expect(lastBody(page)).not.toHaveProperty('previous_response_id');
		expect(conversation.lastRun?.status).toBe(200);
	});
});

it('Tools go along to another tab, each function as strict as it was said to be', async () => {
	const { page, conversation } = await openTab('chat-completions');
	const strict: Tool = { ...weather, name: 'strict', strict: true };
	const tools = [weather, strict, { ...weather, name: 'off', off: true as const }];
	conversation.editor.change({ tools, toolChoice: { name: 'strict' } });
	conversation.editor.composer = 'Hello';
	page.playground.tabs.copyPrompt('responses');
	const next = tab(page, 'responses').next.built.request.body ?? '';
	const parameters = weather.type === 'function' ? weather.schema : undefined;
	expect(JSON.parse(next)).toMatchObject({
		tools: [
			{ type: 'function', name: 'get_weather', parameters },
			{ type: 'function', name: 'strict', parameters, strict: true }
		],
		tool_choice: { type: 'function', name: 'strict' }
	});
	expect(next.match(/"strict":/g)).toHaveLength(1);
});

describe('a server’s tool that asks to be run', () => {
	const shop: Tool = {
		type: 'opaque',
		api: 'responses',
		value: {
			...{ type: 'mcp', server_label: 'orders', require_approval: 'always' },
			connector_id: 'arn:aws:lambda:us-east-1:123456789012:function:orders'
		}
	};

	async function ask(params: { store?: boolean } = {}) {
		const page = await openPage(simulate());
		page.playground.change({ api: 'responses' });
		const conversation = tab(page, 'responses');
		conversation.editor.change({ tools: [shop], params });
		await say(conversation, 'Show my orders.');
		const [call] = conversation.tray.calls;
		if (call === undefined) throw new Error('It did not ask');
		return { page, conversation, call };
	}

	it.each([true, false])(
		'waits until somebody has decided, and sends that alone: %s',
		async (approve) => {
			const { page, conversation, call } = await ask();
			expect(call).toMatchObject({ name: 'orders_run', server: 'orders', isCut: false });
			expect(conversation.tray.message).toBeUndefined();
			await conversation.sendResults();
			expect(page.sent).toHaveLength(1);
			const reason = approve ? '' : 'Not now.';
			conversation.tray.write(call.id, { text: reason, approve });
			expect(conversation.tray.ready).toBe(1);
			await conversation.sendResults();
			const answer: OpenAI.Responses.ResponseInputItem.McpApprovalResponse = {
				type: 'mcp_approval_response',
				approval_request_id: call.id,
				approve,
				...(approve ? {} : { reason })
			};
			const body = lastBody(page);
			expect(body.input).toEqual([answer]);
			expect(body['previous_response_id']).toMatch(/^resp_/);
			expect(conversation.tray.calls).toEqual([]);
			expect(conversation.lastRun?.outcome).toEqual({ end: 'finished', reason: 'completed' });
			const kinds = conversation.tree.path
				.at(-1)
				?.message.parts.map((part) =>
					part.type === 'opaque' ? (part.value as { type: string }).type : part.type
				);
			expect(kinds?.includes('mcp_call')).toBe(approve);
			expect(kinds?.at(-1)).toBe('text');
		}
	);

	it('goes back with the whole history where nothing is stored', async () => {
		const { page, conversation, call } = await ask({ store: false });
		conversation.tray.write(call.id, { text: '', approve: true });
		await conversation.sendResults();
		const types = lastBody(page).input?.map((item) => (item as { type?: string }).type);
		expect(types).toEqual([
			undefined,
			'mcp_list_tools',
			'mcp_approval_request',
			'mcp_approval_response'
		]);
		expect(conversation.lastRun?.outcome).toMatchObject({ end: 'finished' });
	});

	it('is left out where something else is said instead, and can be decided anew', async () => {
		const { page, conversation, call } = await ask();
		await say(conversation, 'Never mind.');
		expect(JSON.stringify(lastBody(page).input)).not.toContain('mcp_approval');
		expect(conversation.lastRun?.outcome).toMatchObject({ end: 'finished' });
		conversation.branch.remove(conversation.tree.path.at(-1)?.id ?? '');
		conversation.branch.remove(conversation.tree.path.at(-1)?.id ?? '');
		expect(conversation.tray.calls).toEqual([call]);
		conversation.tray.write(call.id, { text: 'No', approve: false });
		await conversation.sendResults();
		const turn = conversation.tree.path.find(({ message }) => message.role === 'tool');
		if (turn === undefined) throw new Error('There is no decision');
		const { writtenResultsOf } = await import('../model/tool-results.ts');
		expect(writtenResultsOf(turn.message)).toEqual({
			[call.id]: { text: 'No', approve: false }
		});
	});
});

describe('files in a tool’s result', () => {
	const png = Buffer.from('iVBORw0KGgo=', 'base64');
	const files = () => [new File([png], 'map.png'), new File(['a,b\n1,2'], 'sums.csv')];

	/** A conversation that waits for the results of two calls, with files attached to the first. */
	async function attachTo(api: ApiId) {
		const { page, conversation } = await openTab(api);
		await say(conversation, prompt);
		const [first, second] = conversation.tray.calls;
		if (first === undefined || second === undefined) throw new Error('There are no calls');
		const { attachFiles } = await import('./attach.ts');
		const { tray } = conversation;
		const holder = {
			get parts() {
				return tray.results[first.id]?.parts ?? [];
			},
			set parts(parts) {
				tray.write(first.id, { text: '{"temp":19}', parts });
			}
		};
		const { files: kinds } = conversation.api.toolResult;
		const refused = await attachFiles(conversation, files(), holder, kinds);
		tray.write(second.id, { text: 'rain' });
		return { page, conversation, first, second, refused };
	}

	it('are encoded on Converse as the AWS SDK encodes them', async () => {
		const { page, conversation, first, second } = await attachTo('converse');
		await conversation.sendResults();
		const said = [
			{
				toolResult: {
					toolUseId: first.id,
					content: [
						{ json: { temp: 19 } },
						{ image: { format: 'png' as const, source: { bytes: png } } },
						{
							document: {
								...{ format: 'csv' as const, name: 'sums csv' },
								source: { bytes: Buffer.from('a,b\n1,2') }
							}
						}
					]
				}
			},
			{ toolResult: { toolUseId: second.id, content: [{ text: 'rain' }] } }
		];
		const { encodeConverse } = await import('../simulator/test-clients.ts');
		const encoded = await encodeConverse({
			modelId: 'm',
			messages: [{ role: 'user', content: said }]
		});
		expect(itemsOf(lastBody(page)).at(-1)).toEqual((encoded as Body).messages?.[0]);
		expect(conversation.lastRun?.outcome).toMatchObject({ end: 'finished' });
	});

	it('stand in the list of an output on Responses', async () => {
		const { page, conversation, first, second } = await attachTo('responses');
		await conversation.sendResults();
		const said: OpenAI.Responses.ResponseInputItem.FunctionCallOutput[] = [
			{
				type: 'function_call_output',
				call_id: first.id,
				output: [
					{ type: 'input_text', text: '{"temp":19}' },
					{ type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=' },
					{
						...{ type: 'input_file', filename: 'sums.csv' },
						file_data: `data:text/csv;base64,${Buffer.from('a,b\n1,2').toString('base64')}`
					}
				]
			},
			{ type: 'function_call_output', call_id: second.id, output: 'rain' }
		];
		expect(lastBody(page).input).toEqual(said);
		expect(conversation.lastRun?.outcome).toMatchObject({ end: 'finished' });
	});

	it('are not taken on Chat Completions, which has room for text alone', async () => {
		const { refused } = await attachTo('chat-completions');
		expect(refused.map(({ why }) => why)).toEqual(['kind', 'kind']);
	});

	it('are a result by themselves, come back when it is written again, and after a reload', async () => {
		const { page, conversation, first } = await attachTo('converse');
		const { parts } = conversation.tray.results[first.id] ?? {};
		if (parts === undefined) throw new Error('Nothing is attached');
		conversation.tray.write(first.id, { text: '', parts });
		expect(conversation.tray.ready).toBe(2);
		await conversation.sendResults();
		const [turn] = conversation.tree.path.filter(({ message }) => message.role === 'tool');
		if (turn === undefined) throw new Error('There are no results');
		const { writtenResultsOf } = await import('../model/tool-results.ts');
		const results = writtenResultsOf(turn.message) ?? {};
		expect(results[first.id]).toEqual({ text: '', parts });
		conversation.writeResultsAgain(turn.id, results);
		expect(conversation.tray.ready).toBe(2);
		page.playground.save();
		page.close();
		const again = tab(await openPage(simulate()), 'converse');
		await vi.waitFor(() => expect(again.tray.ready).toBe(2), patience);
		await vi.waitFor(() => expect(again.files.isLoading).toBe(false), patience);
		expect(again.tray.results[first.id]).toEqual({ text: '', parts });
		expect(again.next.built.request.body).toContain('"bytes": "iVBORw0KGgo="');
	});
});
