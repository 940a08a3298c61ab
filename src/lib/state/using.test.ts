import { describe, expect, it, vi } from 'vitest';
import { newEcho, newKey, openPage, patience, say, simulate, spoken, tab } from './test-kit.ts';

describe('copying a prompt to another tab', () => {
	it('shows the text and the system prompt there, and sends nothing', async () => {
		const page = await openPage();
		const { playground } = page;
		await vi.waitFor(() => expect(playground.tabs.isLoaded('responses')).toBe(true), patience);
		playground.tabs.current.editor.composer = 'Why is the sky blue?';
		playground.tabs.current.editor.setSystem('One line.');
		playground.tabs.copyPrompt('responses');
		expect(playground.settings.api).toBe('responses');
		expect(playground.tabs.current.editor.composer).toBe('Why is the sky blue?');
		expect(playground.tabs.current.next.draft).toMatchObject({
			system: { parts: [{ text: 'One line.' }] },
			messages: [{ parts: [{ text: 'Why is the sky blue?' }] }]
		});
		expect(tab(page, 'converse').editor.composer).toBe('Why is the sky blue?');
		expect(page.sent).toEqual([]);
		page.close();
	});

	it('writes over nothing that was written or said there', async () => {
		const page = await openPage();
		const { playground } = page;
		await vi.waitFor(() => expect(playground.tabs.isLoaded('responses')).toBe(true), patience);
		playground.change({ api: 'converse' });
		const there = tab(page, 'responses');
		there.editor.composer = 'half a thought';
		playground.tabs.current.editor.composer = 'Another prompt';
		playground.tabs.copyPrompt('responses');
		expect(playground.tabs.current).not.toBe(there);
		expect(playground.tabs.current.editor.composer).toBe('Another prompt');
		expect(there.editor.composer).toBe('half a thought');
		await vi.waitFor(() => {
			const titles = playground.library.conversations.map(({ title }) => title);
			expect(titles).toContain('half a thought');
		}, patience);
		page.close();
	});
});

describe('going on after an answer that was cut', () => {
	it('sends a message of its own, with what had come, and leaves the composer as it is', async () => {
		const echo = newEcho();
		const page = await openPage(echo.fetch);
		const conversation = tab(page);
		conversation.editor.change({ stream: undefined });
		await say(conversation, 'one');
		conversation.editor.composer = 'not yet';
		await conversation.say('Continue where you stopped.');
		expect(spoken(conversation)).toEqual([
			...['> one', '< Echo: one'],
			...['> Continue where you stopped.', '< Echo: Continue where you stopped.']
		]);
		expect(conversation.editor.composer).toBe('not yet');
		page.close();
	});
});

describe('a page in a frame', () => {
	it('knows no key and no Region of one, takes none, forgets none and sends nothing', async () => {
		const own = await openPage();
		await own.playground.useKey(newKey(3_600_000, 'eu-central-1'), 'until-expiry');
		const framed = await openPage(simulate(), '', { other: true });
		const { keyRing } = framed.playground;
		expect(framed.playground.isFramed).toBe(true);
		expect(keyRing.record).toBeUndefined();
		expect(keyRing.region).not.toBe('eu-central-1');
		await framed.playground.useKey(newKey(), 'until-expiry');
		expect(keyRing.record).toBeUndefined();
		await say(tab(framed), 'hello');
		expect(framed.sent).toEqual([]);
		const again = await openPage();
		expect(again.playground.keyRing.record?.region).toBe('eu-central-1');
		await again.playground.keyRing.forget();
		for (const page of [own, framed, again]) page.close();
	});
});

describe('a run that a closed page left behind', () => {
	it('is listed with its end although another conversation is shown', async () => {
		const page = await openPage(simulate());
		const conversation = tab(page);
		conversation.editor.change({ model: 'fault.stall' });
		conversation.editor.composer = 'left behind';
		void conversation.send();
		await vi.waitFor(() => expect(conversation.live?.text()).not.toBe(''), patience);
		page.playground.save();
		page.playground.tabs.startAnew();
		// A closed page lets go of what it held.
		vi.stubGlobal('BroadcastChannel', undefined);
		const again = await openPage();
		const endOf = () =>
			again.playground.library.conversations.find(({ title }) => title === 'left behind')?.end;
		await vi.waitFor(() => expect(endOf()).toBe('page-closed'), patience);
		conversation.stop();
		again.close();
	});
});
