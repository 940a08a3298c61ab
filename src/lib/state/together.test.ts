import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Part, Tool } from '../model/draft.ts';
import type { JsonObject } from '../model/json.ts';
import type { Conversation } from './conversation.svelte.ts';
import { eventually, openPage, say, simulate, spoken, tab } from './test-kit.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
});

/** 30 by 20 px. */
const png =
	'iVBORw0KGgoAAAANSUhEUgAAAB4AAAAUCAYAAACaq43EAAAAOklEQVR4AezSMQoAAAhCUen+d67d3Vx+0NBi8HBW2saOSsPjN3iooY4JUK4YrQdD7SKxG+oYrQfXqA8AAP//idM3qQAAAAZJREFUAwDJPzvtcBkZsgAAAABJRU5ErkJggg==';
const bytes = Uint8Array.from(Buffer.from(png, 'base64'));
const block = { image: { format: 'png', source: { bytes: png } } };

async function keepImage(conversation: Conversation, name = 'a.png'): Promise<Part> {
	const source = await conversation.files.add({ bytes, mime: 'image/png', name });
	return { type: 'image', mime: 'image/png', name, source };
}

const bodyOf = ({ next }: Conversation): JsonObject =>
	JSON.parse(next.built.request.body ?? '') as JsonObject;

async function typeBody(conversation: Conversation, fields: JsonObject) {
	// Of the page's own modules, as the Body tab loads it.
	const { typeBody } = await import('./typed-body.svelte.ts');
	return typeBody(conversation, JSON.stringify({ ...bodyOf(conversation), ...fields }));
}

/** Does what the button of the warning with this code does, once the rules are there. */
async function heed(conversation: Conversation, code: string): Promise<void> {
	await eventually(() => expect(conversation.rules).toBeDefined());
	const { warnings } = conversation.next;
	const found = warnings.find((warning) => warning.code === code);
	if (found === undefined)
		throw new Error(`no ${code} among ${warnings.map((one) => one.code).join()}`);
	conversation.heed(found);
}

describe('the button of a warning that has nothing to do with an image', () => {
	it.each(['its own message', 'the result of a tool'])(
		'leaves one in %s as it is stored',
		async (where) => {
			const conversation = (await openPage()).playground.tabs.startAnew();
			const image = await keepImage(conversation);
			const text: Part = { type: 'text', text: 'Look.' };
			const inside: Part = { type: 'tool-result', id: 't', parts: [image, text] };
			const parts = where === 'its own message' ? [image, text] : [inside];
			const call: Part = { type: 'tool-call', id: 't', name: 'f', input: '{}' };
			const { tree, editor } = conversation;
			editor.write({ text: '', parts: [] });
			editor.change({ model: 'us.anthropic.claude-opus-4-7-v1:0' });
			if (where !== 'its own message')
				tree.append({ id: 'call', role: 'assistant', parts: [call] }, undefined);
			tree.append({ id: 'image', role: 'user', parts }, tree.leaf);
			tree.append(
				{ id: 'begun', role: 'assistant', parts: [{ type: 'text', text: 'It is' }] },
				tree.leaf
			);
			await heed(conversation, 'prefill-refused');
			expect(tree.path.at(-1)?.id).toBe('image');
			expect(tree.path.at(-1)?.message.parts).toBe(parts);
		}
	);
});

describe('a body that is typed', () => {
	it('takes the button of a warning: the messages that it leaves stay', async () => {
		const conversation = tab(await openPage(simulate()));
		await say(conversation, 'One');
		conversation.editor.change({ model: 'us.anthropic.claude-opus-4-7-v1:0' });
		const messages = [
			...(bodyOf(conversation).messages as JsonObject[]),
			{ role: 'user', content: [{ text: 'Two' }] },
			{ role: 'assistant', content: [{ text: 'I' }] }
		];
		await typeBody(conversation, { messages });
		const before = spoken(conversation);
		await heed(conversation, 'prefill-refused');
		expect(spoken(conversation)).toEqual([...before, '> Two']);
	});

	it('takes the button of a warning that mends one of its messages', async () => {
		const conversation = (await openPage()).playground.tabs.startAnew();
		conversation.editor.write({ text: '', parts: [] });
		const document = { format: 'pdf', name: 'a', source: { bytes: 'JVBERi0=' } };
		const messages = [
			{ role: 'user', content: [{ document }] },
			{ role: 'assistant', content: [{ text: 'Read.' }] },
			{ role: 'user', content: [{ text: 'And?' }] }
		];
		await typeBody(conversation, { messages });
		await heed(conversation, 'document-alone');
		const mended = ['> document Read the attached document.', '< Read.'];
		await eventually(() => expect(spoken(conversation)).toEqual(mended));
		expect(conversation.editor.composer).toBe('And?');
	});

	it('gives back an attachment by what it is kept under, and sends it byte for byte', async () => {
		const page = await openPage(simulate());
		const conversation = page.playground.tabs.startAnew();
		const image = await keepImage(conversation, 'red.png');
		conversation.editor.write({ text: 'Look', parts: [image] });
		await typeBody(conversation, { requestMetadata: { team: 'a' } });
		expect(conversation.editor.written).toMatchObject({
			text: 'Look',
			parts: [{ source: (image as { source: unknown }).source }]
		});
		await conversation.send();
		const sent = JSON.parse(page.sent.at(-1)?.body ?? '') as JsonObject;
		expect(sent).toMatchObject({
			requestMetadata: { team: 'a' },
			messages: [{ content: [block, { text: 'Look' }] }]
		});
		const [asked] = conversation.tree.path;
		expect(JSON.stringify(asked)).not.toContain(png);
		conversation.editor.composer = 'And now?';
		conversation.editor.settle();
		expect(bodyOf(conversation).messages).toMatchObject([
			{ content: [block, { text: 'Look' }] },
			{ role: 'assistant' },
			{ content: [{ text: 'And now?' }] }
		]);
	});

	it('becomes the form’s own where a file is attached: it goes along', async () => {
		const page = await openPage(simulate());
		const conversation = page.playground.tabs.startAnew();
		conversation.editor.write({ text: 'Look', parts: [] });
		await typeBody(conversation, { requestMetadata: { team: 'a' } });
		conversation.editor.parts = [await keepImage(conversation)];
		expect(conversation.editor.typed).toBeUndefined();
		await conversation.send();
		expect(JSON.parse(page.sent.at(-1)?.body ?? '')).toMatchObject({
			...{ requestMetadata: { team: 'a' }, messages: [{ content: [block, { text: 'Look' }] }] }
		});
	});

	it('goes out as it stands also by the button that sends the results of tools', async () => {
		const page = await openPage(simulate());
		const conversation = tab(page);
		const weather: Tool = { type: 'function', name: 'get_weather', schema: { type: 'object' } };
		conversation.editor.change({ tools: [weather] });
		await say(conversation, 'Is it warm in Lisbon?');
		const { calls } = conversation.tray;
		expect(calls.length).toBeGreaterThan(0);
		for (const { id } of calls) conversation.editor.setResult(id, { text: 'rain' });
		conversation.editor.settle();
		const { text } = await typeBody(conversation, { requestMetadata: { team: 'a' } });
		await conversation.sendResults();
		expect(page.sent.at(-1)?.body).toBe(text);
		expect(conversation.editor.typed).toBeUndefined();
		expect(conversation.tray.calls).toEqual([]);
		expect(conversation.lastRun?.status).toBe(200);
	});
});

it('a conversation with attachments is not sent before these are loaded', async () => {
	const before = await openPage(simulate());
	const conversation = before.playground.tabs.startAnew();
	conversation.editor.write({ text: 'Look', parts: [await keepImage(conversation)] });
	before.playground.save();
	await before.playground.tabs.saveDraft(conversation);
	before.close();
	const page = await openPage(simulate());
	const again = tab(page);
	expect(again.files.isLoading).toBe(true);
	await again.send();
	expect(page.sent).toEqual([]);
	expect(again.editor.written.text).toBe('Look');
	await eventually(() => expect(again.files.isLoading).toBe(false));
	await again.send();
	expect(page.sent.at(-1)?.body).toContain(png);
});

it.each<[string, Tool[] | undefined]>([
	['taken out of the form', undefined],
	['turned off', [{ type: 'function', name: 'get_weather', schema: { type: 'object' }, off: true }]]
])('tools that are %s stay declared as long as the history calls them', async (_, tools) => {
	const page = await openPage(simulate());
	const conversation = tab(page);
	const weather: Tool = { type: 'function', name: 'get_weather', schema: { type: 'object' } };
	conversation.editor.change({ tools: [weather] });
	await say(conversation, 'Is it warm in Lisbon?');
	conversation.editor.change({ tools });
	for (const { id } of conversation.tray.calls) conversation.editor.setResult(id, { text: 'rain' });
	await conversation.sendResults();
	expect(conversation.lastRun?.status).toBe(200);
	expect(page.sent.at(-1)?.body).toMatch(/"toolConfig"[^]*"get_weather"/);
});
