// A first visit with a CPU four times slower: until the page can be used, and from Send to the first simulated token.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sizesOfFirstLoad } from '../first-load.mjs';
import { sleep } from './browser.mjs';

const slower = 4;
const message = 'textarea[aria-label="Message"]';

/** kB that the scripts which a page has loaded are with gzip. */
async function scriptsOf(session, page) {
	const names = await session.evaluate(
		`performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)`
	);
	const paths = new Set(names.filter((name) => name.endsWith('.js')));
	let bytes = 0;
	for (const path of paths)
		bytes += gzipSync(readFileSync(join(page.root, path)), { level: 9 }).length;
	return bytes / 1000;
}

/** Opens the page for the first time and sends what is in its composer to the simulator. */
export async function visit(browser, page) {
	const session = await browser.openUnwatched(page.server);
	try {
		await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
		await session.goTo(page.server.url);
		await session.opened();
		const { ThreadTime } = await session.quiet(10_000);
		const scripts = await scriptsOf(session, page);
		const [ready, paint] = await session.evaluate(
			`[__bench.ready, performance.getEntriesByName('first-contentful-paint')[0]?.startTime]`
		);
		await session.evaluate(`document.querySelector('${message}').focus()`);
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
		await session.press('Control+Enter');
		const firstToken = await first;
		await session.quiet();
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
