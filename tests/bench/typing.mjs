// Keys typed under a prompt of 1 MB that is in the conversation.
import { answerOf } from './answers.mjs';
import { sleep } from './browser.mjs';
import { median } from './report.mjs';

const keys = 20;
const prompt = () => answerOf('chars1000000').text;

/** Puts the prompt where the page shows it, above an empty composer. */
async function showPrompt(session, page) {
	await page.open(session, { api: 'chat', model: 'bench-20-max' });
	if (page.name === 'bare') {
		await session.page.evaluate((text) => {
			const main = document.querySelector('main');
			main.className = 'plain far';
			for (const block of text.split('\n\n')) {
				main.appendChild(document.createElement('div')).append(`${block}\n\n`);
			}
		}, prompt());
		return;
	}
	await session.page.locator(page.composer).evaluate((field, text) => {
		// Typing a megabyte as a keyboard would takes minutes.
		field.value = text;
		field.dispatchEvent(new Event('input', { bubbles: true }));
	}, prompt());
	await session.page.getByRole('button', { name: 'Add', exact: true }).click({ timeout: 120_000 });
	await session.page.getByRole('log').getByRole('article').first().waitFor({ timeout: 120_000 });
}

/** Types some keys, each when the one before is done with, and gives the medians of what one costs. */
export async function typeUnderPrompt(browser, page) {
	const session = await browser.openSession(page.server);
	try {
		await showPrompt(session, page);
		await session.quiet();
		await session.page.locator(page.composer).focus();
		await session.evaluate('__bench.keys.length = 0');
		const costs = [];
		for (let i = 0; i < keys; i += 1) {
			const before = await session.metrics();
			await session.press();
			await sleep(400);
			const after = await session.metrics();
			costs.push({
				script: (after.ScriptDuration - before.ScriptDuration) * 1000,
				cpu: (after.ThreadTime - before.ThreadTime) * 1000
			});
		}
		const shown = (await session.page.locator('body').textContent()).includes(
			'End of 1000000 characters'
		);
		const typed = await session.page.locator(page.composer).inputValue();
		const painted = await session.evaluate('__bench.keys');
		return {
			valid: shown && typed === 'a'.repeat(keys),
			...(!(shown && typed === 'a'.repeat(keys)) && {
				problem: shown ? `typed ${typed.length} of ${keys}` : 'the prompt is not shown'
			}),
			figures: {
				script: median(costs.map(({ script }) => script)),
				cpu: median(costs.map(({ cpu }) => cpu)),
				keyP50: median(painted),
				longest: Math.max(0, ...painted)
			}
		};
	} finally {
		await session.close();
	}
}
