import type { Locator, Page } from 'playwright/test';
import { expect, open, send, storedKey, test } from './test.ts';

/** What a page did to the screen while an answer streamed. */
interface Drawn {
	/** Writes to blocks that had been closed before. */
	late: number;
	/** Bursts of changes to the answer, and the frames in which there was more than one. */
	bursts: number;
	crowdedFrames: number;
	/** Whether the first blocks are the same elements at the end. */
	kept: boolean;
	blocks: number;
}

/** Watches the answer from its third block on, until the run has ended. */
function watchDrawing(page: Page): Promise<Drawn> {
	return page.evaluate(
		() =>
			new Promise<Drawn>((resolve) => {
				const drawn: Drawn = { late: 0, bursts: 0, crowdedFrames: 0, kept: false, blocks: 0 };
				const log = document.querySelector('[role=log]');
				let closed: Element[] = [];
				let inFrame = 0;
				const blocksOf = () => [...document.querySelectorAll('[data-testid=answer] .block')];
				const frame = () => {
					if (inFrame > 1) drawn.crowdedFrames += 1;
					inFrame = 0;
					requestAnimationFrame(frame);
				};
				requestAnimationFrame(frame);
				const observer = new MutationObserver((records) => {
					const isAnswer = (node: Node) =>
						(node instanceof Element ? node : node.parentElement)?.closest('[data-testid=answer]');
					const changes = records.filter(({ target }) => isAnswer(target));
					if (changes.length > 0) {
						drawn.bursts += 1;
						inFrame += 1;
					}
					const touches = (node: Node) => closed.some((block) => block.contains(node));
					drawn.late += changes.filter(({ target }) => touches(target)).length;
					const blocks = blocksOf();
					if (closed.length === 0 && blocks.length > 3) closed = blocks.slice(0, 3);
					if (document.querySelector('[data-testid=metrics] .stop') === null) return;
					observer.disconnect();
					drawn.kept = closed.every((block, i) => block === blocks[i]);
					drawn.blocks = blocks.length;
					resolve(drawn);
				});
				if (log) observer.observe(log, { childList: true, characterData: true, subtree: true });
			})
	);
}

test('Closed blocks are not touched again, the screen is written once a frame, and find in page finds text far outside the view', async ({
	page,
	url
}) => {
	await storedKey(page, url);
	await open(page, url);
	const watching = watchDrawing(page);
	await send(page, 'Write 1200 words.');
	const drawn = await watching;
	expect(drawn.blocks).toBeGreaterThan(3);
	// Drawn while it came. How often depends on how many frames the machine has time for.
	expect(drawn.bursts).toBeGreaterThan(1);
	expect(drawn.late).toBe(0);
	expect(drawn.kept).toBe(true);
	// The end of the stream is drawn at once, whatever the frame has drawn before.
	expect(drawn.crowdedFrames).toBeLessThanOrEqual(1);

	const log = page.getByRole('log', { name: 'Transcript' });
	const found = await log.evaluate((element) => {
		element.scrollTo({ top: element.scrollHeight });
		const paragraphs = [...element.querySelectorAll('[data-testid=answer] p')];
		const wanted = paragraphs[1];
		const words = wanted?.textContent.slice(0, 40) ?? '';
		const view = element.getBoundingClientRect();
		const before = wanted?.getBoundingClientRect().bottom ?? 0;
		getSelection()?.removeAllRanges();
		// What find in page does; the types do not have it.
		const isFound = (window as unknown as { find(words: string): boolean }).find(words);
		const at = getSelection()?.anchorNode ?? null;
		return {
			...{ words: words.length, isFound, wasFar: view.top - before > 1000 },
			isThere: wanted?.contains(at)
		};
	});
	expect(found).toEqual({ words: 40, isFound: true, wasFar: true, isThere: true });
});

/**
 * Scrolls to so many px from the end, at a time when nothing is drawn until the page has learnt of it, and waits until
 * 100 px more were drawn. Gives how far the view moved by then.
 */
function moveAfter(log: Locator, fromEnd: number): Promise<number> {
	return log.evaluate(async (element, fromEnd) => {
		const frame = () => new Promise(requestAnimationFrame);
		let height: number;
		let start = 0;
		do {
			// What was drawn last is followed in the next frame: after two without more it has been.
			height = element.scrollHeight;
			await frame();
			await frame();
			if (element.scrollHeight !== height) continue;
			element.scrollTop = height - element.clientHeight - fromEnd;
			start = element.scrollTop;
			// A page learns of a scroll in the next frame: what is drawn before moves the end away from the reader.
			await frame();
		} while (element.scrollHeight !== height);
		while (element.scrollHeight < height + 100) await frame();
		await frame();
		return element.scrollTop - start;
	}, fromEnd);
}

test('A reader who scrolled up is left where they are, and a pill leads back to the end', async ({
	page,
	url
}) => {
	await storedKey(page, url);
	await open(page, url);
	await send(page, 'Write 3000 words.');
	const log = page.getByRole('log', { name: 'Transcript' });
	// The page learns of a scroll in the next frame, and may follow the end once more until then.
	const toTop = () =>
		expect
			.poll(() =>
				log.evaluate(async (element) => {
					element.scrollTo({ top: 0 });
					for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
					return element.scrollTop;
				})
			)
			.toBe(0);
	const below = () =>
		log.evaluate(
			({ scrollHeight, clientHeight, scrollTop }) => scrollHeight - clientHeight - scrollTop
		);
	const pill = page.getByRole('button', { name: 'New output' });
	// Long enough to scroll, and still going on.
	await expect
		.poll(() => log.evaluate((element) => element.scrollHeight - element.clientHeight))
		.toBeGreaterThan(400);
	await toTop();
	await expect(pill).toBeVisible();
	expect(await log.evaluate((element) => element.scrollTop)).toBe(0);
	await pill.click();
	await expect(pill).toBeHidden();
	// A paragraph that comes into view is laid out then, and followed when the next words are drawn.
	await expect.poll(below).toBeLessThan(64);
	// Nearer to the end than 64 px is there, so it is followed; farther is not.
	expect(await moveAfter(log, 60)).toBeGreaterThanOrEqual(100);
	expect(await moveAfter(log, 70)).toBe(0);
	await expect(pill).toBeVisible();
	await toTop();
	// Neither what still comes nor the end moves the view.
	await expect(page.getByTestId('metrics').locator('.stop')).toBeVisible({ timeout: 20_000 });
	expect(await log.evaluate((element) => element.scrollTop)).toBe(0);
	// Nothing runs any more, so nothing new can come.
	await expect(pill).toBeHidden();
});
