// A real Chromium, and what is read from a page in it.
import { chromium } from 'playwright';
import { chromiumArgs, chromiumPath } from '../chromium.mjs';
import { startFront } from './server.mjs';

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs in a page before its own scripts: long tasks, key-to-paint times, when the page was ready, when Esc was pressed. */
function instrument() {
	const bench = (window.__bench = { tasks: [], keys: [], ready: 0, escape: 0 });
	new PerformanceObserver((list) => {
		for (const { duration } of list.getEntries()) bench.tasks.push(duration);
	}).observe({ type: 'longtask', buffered: true });
	// The root alone: watching all that is added would be work of every page that is opened.
	const watchReady = (root) => {
		bench.opened = new Promise((resolve) => {
			new MutationObserver((_, observer) => {
				if (!root.hasAttribute('data-ready')) return;
				bench.ready = performance.now();
				observer.disconnect();
				resolve();
			}).observe(root, { attributes: true });
		});
	};
	if (document.documentElement) watchReady(document.documentElement);
	else {
		new MutationObserver((_, observer) => {
			observer.disconnect();
			watchReady(document.documentElement);
		}).observe(document, { childList: true });
	}
	const note = ({ key, timeStamp }) => {
		if (key === 'Escape') bench.escape = timeStamp;
		// The frame that shows the key, then whatever runs first once it is painted.
		requestAnimationFrame(() => {
			let isPainted = false;
			const mark = () => {
				if (!isPainted) bench.keys.push(performance.now() - timeStamp);
				isPainted = true;
			};
			requestAnimationFrame(mark);
			scheduler.postTask(mark, { priority: 'user-blocking' });
		});
	};
	addEventListener('keydown', note, true);
}

/** Starts the browser. The names of Bedrock's hosts lead to the server of the page that `openSession` was last given. */
export async function startBrowser() {
	let current;
	const front = await startFront(() => current);
	const to = `127.0.0.1:${front.port}`;
	const executablePath = chromiumPath();
	const browser = await chromium.launch({
		...(executablePath !== undefined && { executablePath }),
		args: [
			...chromiumArgs,
			`--host-resolver-rules=MAP *.amazonaws.com ${to}, MAP *.api.aws ${to}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`
		]
	});
	return {
		version: browser.version(),
		/** Opens an empty page for a server's page, in a browser context of its own or in the given one. */
		openSession: async (server, context) => {
			current = server;
			return newSession(context ?? (await newContext(browser)), context === undefined);
		},
		newContext: () => newContext(browser),
		close: async () => {
			await browser.close();
			await front.close();
		}
	};
}

function newContext(browser) {
	return browser.newContext({
		viewport: { width: 1280, height: 800 },
		serviceWorkers: 'block',
		locale: 'en-US',
		ignoreHTTPSErrors: true
	});
}

async function newSession(context, isOwn) {
	const page = await context.newPage();
	await page.addInitScript(instrument);
	const devtools = await context.newCDPSession(page);
	await devtools.send('Performance.enable');
	await devtools.send('HeapProfiler.enable');
	const session = {
		page,
		devtools,
		/** The value of an expression in the page. Without Playwright's own work in it, which would be measured too. */
		evaluate: async (expression) => {
			const options = { expression, returnByValue: true, awaitPromise: true };
			return (await devtools.send('Runtime.evaluate', options)).result.value;
		},
		/** Waits until the page says that it can be used, at most two minutes. A locator would put half a megabyte of scripts into it. */
		opened: async () => {
			const isOpen = await Promise.race([
				session.evaluate('__bench.opened.then(() => true)'),
				sleep(120_000)
			]);
			if (!isOpen) throw new Error('The page never said that it is ready');
		},
		/** Chromium's counters; times in seconds. */
		metrics: async () => {
			const { metrics } = await devtools.send('Performance.getMetrics');
			return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
		},
		/** MB of JavaScript after a garbage collection. */
		heap: async () => {
			await devtools.send('HeapProfiler.collectGarbage');
			await devtools.send('HeapProfiler.collectGarbage');
			return (await devtools.send('Runtime.getHeapUsage')).usedSize / 1e6;
		},
		/** Presses a key that writes a letter, without waiting for the page. */
		press: async (key = 'a') => {
			const options =
				key === 'a'
					? { key, text: 'a', code: 'KeyA', windowsVirtualKeyCode: 65 }
					: { key, code: key, windowsVirtualKeyCode: 27 };
			await devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...options });
			await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...options, text: undefined });
		},
		/** Waits until 300 ms hold less than 10 ms of tasks, at most about `most` ms. Gives the counters of then. */
		quiet: async (most = 5000) => {
			let before = await session.metrics();
			for (let waited = 0; waited < most; waited += 300) {
				await sleep(300);
				const after = await session.metrics();
				if (after.TaskDuration - before.TaskDuration < 0.01) break;
				before = after;
			}
			return before;
		},
		longest: async () => Math.max(0, ...(await session.evaluate('__bench.tasks'))),
		close: async () => {
			// A page whose main thread is stuck does not answer.
			const closing = isOwn ? context.close() : page.close();
			await Promise.race([closing.catch(() => undefined), sleep(15_000)]);
		}
	};
	return session;
}
