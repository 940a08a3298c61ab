import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../model/base64.ts';
import { apiIds } from '../model/draft.ts';
import type { ApiId, Part } from '../model/draft.ts';
import { partsBeside } from '../model/written.ts';
import { attachFiles } from './attach.ts';
import type { Conversation } from './conversation.svelte.ts';
import { repairMessage } from './repair.ts';
import { eventually, openPage, say, simulate, spoken, tab } from './test-kit.ts';

const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 7) % 251);
const base64 = Buffer.from(bytes).toString('base64');
const hash = createHash('sha256').update(bytes).digest('hex');
const image: Part = { type: 'image', mime: 'image/png', name: 'a.png', source: { file: hash } };

async function attach(conversation: Conversation): Promise<void> {
	const source = await conversation.files.add({ bytes, mime: 'image/png', name: 'a.png' });
	expect(source).toEqual({ file: hash });
	conversation.editor.parts = [image];
}

/** The blocks of the last message of a body. */
function lastBlocks(body: string | undefined): unknown {
	return (JSON.parse(body ?? '') as { messages: { content: unknown }[] }).messages.at(-1)?.content;
}

const png = Buffer.from('iVBORw0KGgo=', 'base64');
const block = { image: { format: 'png', source: { bytes: base64 } } };

it('writes base64 as Node does', () => {
	for (const length of [0, 1, 2, 3, 32_768, 70_000]) {
		const some = bytes.subarray(0, length);
		expect(toBase64(some)).toBe(Buffer.from(some).toString('base64'));
	}
});

describe('an attachment', () => {
	it('is sent with its bytes, counted, and kept by its name', async () => {
		const page = await openPage();
		const conversation = tab(page);
		expect(conversation.next.isEmpty).toBe(false);
		conversation.editor.composer = '';
		expect(conversation.next.isEmpty).toBe(true);
		await attach(conversation);
		expect(conversation.next.isEmpty).toBe(false);
		for (const text of ['', 'What is it?']) {
			conversation.editor.composer = text;
			conversation.editor.settle();
			const { body } = conversation.next.built.request;
			expect(lastBlocks(body)).toEqual(text === '' ? [block] : [block, { text }]);
			expect(conversation.next.size).toBe(Buffer.byteLength(body ?? ''));
		}
		const { body } = conversation.next.built.request;
		await conversation.send();
		expect(page.sent.at(-1)?.body).toBe(body);
		expect(conversation.editor.written).toEqual({ text: '', parts: [] });
		const [turn] = conversation.tree.path;
		expect(turn?.message.parts).toEqual([image, { type: 'text', text: 'What is it?' }]);
	});

	it('is there again after a reload, in what is being written and in what was sent', async () => {
		const page = await openPage();
		await attach(tab(page));
		await say(tab(page), 'One');
		await attach(tab(page));
		tab(page).editor.composer = 'Two';
		page.playground.save();
		page.close();
		const again = tab(await openPage());
		await eventually(() => {
			expect(again.editor.parts).toEqual([image]);
			expect(again.files.isLoading).toBe(false);
		});
		expect(again.runs.facts.size).toBeGreaterThan(0);
		expect(again.requestOf([...again.runs.facts.values()][0] as never)?.isExact).toBe(true);
		expect(lastBlocks(again.next.built.request.body)).toEqual([block, { text: 'Two' }]);
	});

	it('goes back to where it was written when nothing arrived', async () => {
		const page = await openPage(() => Promise.reject(new TypeError('no network')));
		const conversation = page.playground.tabs.startAnew();
		await attach(conversation);
		await say(conversation, 'Look');
		expect(conversation.editor.written).toEqual({ text: 'Look', parts: [image] });
	});

	it('is added to a message that was sent, and taken away again, in versions beside it', async () => {
		const page = await openPage();
		const conversation = page.playground.tabs.startAnew();
		await say(conversation, 'What is it?');
		const [turn] = conversation.tree.path;
		if (turn === undefined) throw new Error('Nothing was sent');
		// As the editor of a message does: the place of the text, and what is attached beside it.
		const holder = { parts: partsBeside(turn.message.parts) as readonly Part[] };
		await attachFiles(conversation, [new File([png], 'a.png')], holder);
		expect(conversation.editor.parts).toEqual([]);
		await conversation.editAndSend(turn.id, 'And this?', holder.parts);
		expect(lastBlocks(page.sent.at(-1)?.body)).toEqual([
			{ image: { format: 'png', source: { bytes: png.toString('base64') } } },
			{ text: 'And this?' }
		]);
		expect(conversation.tree.siblingsOf(turn.id)).toHaveLength(2);
		const [changed] = conversation.tree.path;
		conversation.branch.edit(changed?.id ?? '', 'And this?', [{ type: 'text', text: '' }]);
		expect(conversation.tree.path[0]?.message.parts).toEqual([{ type: 'text', text: 'And this?' }]);
		conversation.branch.insert(conversation.tree.path[0]?.id ?? '', '', [image]);
		expect(conversation.tree.path[0]?.message.parts).toEqual([image]);
	});

	it('makes no other version where nothing was changed', async () => {
		const conversation = (await openPage()).playground.tabs.startAnew();
		await attach(conversation);
		await say(conversation, 'What is it?');
		const [turn] = conversation.tree.path;
		if (turn === undefined) throw new Error('Nothing was sent');
		conversation.branch.edit(turn.id, 'What is it?', partsBeside(turn.message.parts));
		expect(conversation.tree.siblingsOf(turn.id)).toHaveLength(1);
	});

	it('goes along to another API, and comes back when clearing is undone', async () => {
		const page = await openPage();
		const { playground } = page;
		playground.tabs.startAnew();
		await attach(playground.tabs.current);
		playground.tabs.copyPrompt('responses');
		const { request } = playground.tabs.current.next.built;
		expect(request.body).toContain(`data:image/png;base64,${base64}`);
		playground.tabs.clear();
		expect(playground.tabs.current.editor.isEmpty).toBe(true);
		playground.undo.take();
		expect(playground.tabs.current.editor.parts).toEqual([image]);
	});

	it('stays with a message that is added, and can be renamed, removed and written about there', async () => {
		const page = await openPage(simulate());
		const conversation = page.playground.tabs.startAnew();
		await attach(conversation);
		conversation.editor.composer = '';
		conversation.add();
		const id = () => conversation.tree.path.at(-1)?.id ?? '';
		const parts = () => conversation.tree.path.at(-1)?.message.parts;
		expect(parts()).toEqual([image]);
		await repairMessage(conversation, { message: id(), how: 'rename', part: 0, name: 'b' });
		expect(parts()).toEqual([{ ...image, name: 'b' }]);
		await repairMessage(conversation, { message: id(), how: 'write', text: 'Look.' });
		expect(spoken(conversation)).toEqual(['> image Look.']);
		await repairMessage(conversation, { message: id(), how: 'remove', part: 0 });
		expect(spoken(conversation)).toEqual(['> Look.']);
	});

	it('is written about in the text field while it is not sent', async () => {
		const conversation = (await openPage()).playground.tabs.startAnew();
		await attach(conversation);
		await repairMessage(conversation, { message: 'next', how: 'write', text: 'Look.' });
		expect(conversation.editor.written).toEqual({ text: 'Look.', parts: [image] });
	});

	it('is scaled in place while one types on, and not at all where it is gone', async () => {
		const conversation = (await openPage()).playground.tabs.startAnew();
		const { editor } = conversation;
		await attach(conversation);
		const small = { bytes: new Uint8Array([1, 2, 3]), mime: 'image/png', name: 'small' };
		const fix = { message: 'next', how: 'scale', part: 0 } as const;
		await repairMessage(conversation, fix, async () => {
			editor.composer = 'Typed meanwhile';
			return small;
		});
		expect(editor.composer).toBe('Typed meanwhile');
		expect(editor.parts).not.toEqual([image]);
		await repairMessage(conversation, fix, async () => {
			editor.write({ text: 'Without it', parts: [] });
			return small;
		});
		expect(editor.written).toEqual({ text: 'Without it', parts: [] });
	});

	it('is a loss where its bytes are gone', async () => {
		const page = await openPage();
		const conversation = page.playground.tabs.startAnew();
		conversation.editor.parts = [{ ...image, source: { file: 'ab'.repeat(32) } }];
		expect(conversation.next.built.losses).toEqual([{ code: 'part', type: 'image' }]);
	});
});

describe('the text of a message', () => {
	it('stands where its place is, with its further fields', async () => {
		const conversation = tab(await openPage());
		const cachePoint: Part = {
			...{ type: 'opaque', api: 'converse' },
			value: { cachePoint: { type: 'default' } }
		};
		conversation.editor.write({ text: '', parts: [{ type: 'text', text: '' }, cachePoint] });
		expect(conversation.next.isEmpty).toBe(true);
		conversation.editor.composer = 'Hi';
		conversation.editor.settle();
		const blocks = [{ text: 'Hi' }, { cachePoint: { type: 'default' } }];
		expect(lastBlocks(conversation.next.built.request.body)).toEqual(blocks);
	});
});

describe('attachments', () => {
	const url = `data:image/png;base64,${base64}`;
	const shapes: Record<ApiId, [image: object, text: (text: string) => object]> = {
		converse: [block, (text) => ({ text })],
		'chat-completions': [
			{ type: 'image_url', image_url: { url } },
			(text) => ({ type: 'text', text })
		],
		responses: [{ type: 'input_image', image_url: url }, (text) => ({ type: 'input_text', text })]
	};
	it.each(apiIds)(
		'of two turns go out on %s, the first again as it was unless the service remembers it',
		async (api) => {
			globalThis.indexedDB = new IDBFactory();
			const page = await openPage();
			const conversation = tab(page, api);
			await eventually(() => expect(page.playground.tabs.isLoaded(api)).toBe(true));
			const [image, text] = shapes[api];
			for (const words of ['What is it?', 'And this one?']) {
				await attach(conversation);
				await say(conversation, words);
				expect(conversation.lastRun?.outcome?.end).toBe('finished');
			}
			const saidByUser = page.sent.map(({ body }) => {
				type List = { role?: string; content: unknown }[];
				const { messages, input = [] } = JSON.parse(body) as { messages?: List; input?: List };
				const said = (messages ?? input).filter(({ role }) => role === 'user');
				return said.map(({ content }) => content);
			});
			const [first, second] = ['What is it?', 'And this one?'].map((words) => [image, text(words)]);
			expect(saidByUser).toEqual([[first], api === 'responses' ? [second] : [first, second]]);
		}
	);
});
