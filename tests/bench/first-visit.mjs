// A first visit with a CPU four times slower: until the page can be used, and from Send to the first simulated token.
import { gzipSync } from 'node:zlib';
import { sizesOfFirstLoad } from '../first-load.mjs';
import { sleep } from './browser.mjs';

const slower = 4;
const message = 'textarea[aria-label="Message"]';

/** kB that the scripts among these responses are with gzip. */
async function scriptsOf(responses) {
	let bytes = 0;
	for (const response of responses) {
		if (!/javascript/.test(response.headers()['content-type'] ?? '')) continue;
		bytes += gzipSync(await response.body(), { level: 9 }).length;
	}
	return bytes / 1000;
}

/** Opens the page for the first time and sends what is in its composer to the simulator. */
export async function visit(browser, page) {
	const session = await browser.openSession(page.server);
	try {
		const responses = [];
		session.page.on('response', (response) => responses.push(response));
		await session.devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
		await session.page.goto(page.server.url);
		await session.opened();
		const { ThreadTime } = await session.quiet(10_000);
		const untilIdle = [...responses];
		const [ready, paint] = await session.evaluate(
			`[__bench.ready, performance.getEntriesByName('first-contentful-paint')[0]?.startTime]`
		);
		await session.page.locator(message).focus();
		// What a Send needs is loaded at the first sign of use, and whoever sends has pointed or typed before.
		await sleep(1000);
		const first = session.evaluate(
			`new Promise((resolve) => {
				const start = performance.now();
				new MutationObserver((_, observer) => {
					if (!document.querySelector('[data-testid=answer]')?.textContent) return;
					observer.disconnect();
					resolve(performance.now() - start);
				}).observe(document, { subtree: true, childList: true, characterData: true });
			})`
		);
		await session.page.keyboard.press('Control+Enter');
		const firstToken = await first;
		await session.quiet();
		const scripts = await scriptsOf(untilIdle);
		const sizes = [...sizesOfFirstLoad(page.root).values()];
		return {
			valid: true,
			figures: {
				paint,
				ready,
				firstToken,
				longest: await session.longest(),
				cpu: ThreadTime * 1000,
				needed: sizes.reduce((sum, size) => sum + size, 0) / 1000,
				idle: scripts
			}
		};
	} finally {
		await session.close();
	}
}
