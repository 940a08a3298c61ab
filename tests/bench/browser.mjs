// A real Chromium, and what is read from a page in it.
import { chromium } from 'playwright';
import { chromiumArgs, chromiumPath } from '../chromium.mjs';
import { startFront } from './server.mjs';

/** The keys that `press` takes. */
const keys = {
	a: { key: 'a', text: 'a', code: 'KeyA', windowsVirtualKeyCode: 65 },
	Escape: { key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27 },
	'Control+Enter': { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, modifiers: 2 }
};

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
			`--host-resolver-rules=MAP *.amazonaws.com ${to}, MAP *.api.aws ${to}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
			'--ignore-certificate-errors'
		]
	});
	return {
		version: browser.version(),
		/** Opens an empty page for a server's page, in a browser context of its own or in the given one. */
		openSession: async (server, context) => {
			current = server;
			return newSession(context ?? (await newContext(browser)), context === undefined);
		},
		/** Opens an empty page that nothing watches but what asks here, for a server's page. */
		openUnwatched: (server) => {
			current = server;
			return newUnwatched(browser);
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
		locale: 'en-US'
	});
}

async function newSession(context, isOwn) {
	const page = await context.newPage();
	await page.addInitScript(instrument);
	const devtools = await context.newCDPSession(page);
	return {
		page,
		devtools,
		...(await newTools((method, params) => devtools.send(method, params))),
		close: async () => {
			// A page whose main thread is stuck does not answer.
			const closing = isOwn ? context.close() : page.close();
			await Promise.race([closing.catch(() => undefined), sleep(15_000)]);
		}
	};
}

/**
 * An empty page in a browser context that Playwright does not know. What it has Chromium report of each of its own pages
 * makes their scripts slower: the place of every error and request that they make.
 */
async function newUnwatched(browser) {
	const root = await browser.newBrowserCDPSession();
	const { browserContextId } = await root.send('Target.createBrowserContext');
	const page = { url: 'about:blank', width: 1280, height: 800 };
	const { targetId } = await root.send('Target.createTarget', { ...page, browserContextId });
	const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: false });
	const waiting = new Map();
	root.on('Target.receivedMessageFromTarget', ({ sessionId: from, message }) => {
		const { id, result, error } = JSON.parse(message);
		if (from !== sessionId || !waiting.has(id)) return;
		const { resolve, reject } = waiting.get(id);
		waiting.delete(id);
		if (error) reject(new Error(error.message));
		else resolve(result);
	});
	let last = 0;
	const send = (method, params = {}) =>
		new Promise((resolve, reject) => {
			last += 1;
			waiting.set(last, { resolve, reject });
			const message = JSON.stringify({ id: last, method, params });
			root.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
		});
	await send('Page.enable');
	await send('Page.addScriptToEvaluateOnNewDocument', { source: `(${instrument})()` });
	return {
		send,
		...(await newTools(send)),
		close: async () => {
			await root.send('Target.disposeBrowserContext', { browserContextId });
			await root.detach();
		}
	};
}

/** What is asked of a page by `send(method, params)` of its protocol. */
async function newTools(send) {
	await send('Performance.enable');
	await send('HeapProfiler.enable');
	const tools = {
		/** The value of an expression in the page. Without Playwright's own work in it, which would be measured too. */
		evaluate: async (expression) => {
			const options = { expression, returnByValue: true, awaitPromise: true };
			return (await send('Runtime.evaluate', options)).result.value;
		},
		/** Waits until the page says that it can be used, at most two minutes. A locator would put half a megabyte of scripts into it. */
		opened: async () => {
			// A page that has only begun to load has no promise of it yet.
			const isOpen = await Promise.race([
				tools.evaluate(`(async () => {
					while (!window.__bench?.opened) await new Promise((resolve) => setTimeout(resolve, 5));
					await __bench.opened;
					return true;
				})()`),
				sleep(120_000)
			]);
			if (!isOpen) throw new Error('The page never said that it is ready');
		},
		/** Chromium's counters; times in seconds. */
		metrics: async () => {
			const { metrics } = await send('Performance.getMetrics');
			return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
		},
		/** MB of JavaScript after a garbage collection. */
		heap: async () => {
			await send('HeapProfiler.collectGarbage');
			await send('HeapProfiler.collectGarbage');
			return (await send('Runtime.getHeapUsage')).usedSize / 1e6;
		},
		/** Goes to an address. */
		goTo: (url) => send('Page.navigate', { url }),
		/** Waits until an expression in the page is true, at most two minutes. */
		until: async (expression) => {
			const isTrue = await tools.evaluate(`(async () => {
				const end = performance.now() + 120_000;
				while (!(${expression})) {
					if (performance.now() > end) return false;
					await new Promise((resolve) => setTimeout(resolve, 20));
				}
				return true;
			})()`);
			if (!isTrue) throw new Error(`never true: ${expression}`);
		},
		/** Moves the mouse there, in px. */
		pointAt: (x, y) => send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y }),
		/** Clicks the first element that a selector finds whose text holds some words. */
		click: (selector, words = '') =>
			tools.evaluate(
				`[...document.querySelectorAll('${selector}')].find((one) => one.textContent.includes('${words}')).click()`
			),
		/** Writes a text into the field that a selector finds, in place of what it holds. */
		write: async (field, text) => {
			await tools.until(`document.querySelector('${field}')`);
			await tools.evaluate(
				`(() => { const field = document.querySelector('${field}'); field.focus(); field.select(); })()`
			);
			await send('Input.insertText', { text });
		},
		/** Presses one of `keys`, without waiting for the page. */
		press: async (key = 'a') => {
			await send('Input.dispatchKeyEvent', { type: 'keyDown', ...keys[key] });
			await send('Input.dispatchKeyEvent', { type: 'keyUp', ...keys[key], text: undefined });
		},
		/** Waits until 300 ms hold less than 10 ms of tasks, at most about `most` ms. Gives the counters of then. */
		quiet: async (most = 5000) => {
			let before = await tools.metrics();
			for (let waited = 0; waited < most; waited += 300) {
				await sleep(300);
				const after = await tools.metrics();
				if (after.TaskDuration - before.TaskDuration < 0.01) break;
				before = after;
			}
			return before;
		},
		/** Milliseconds of the longest task so far. */
		longest: async () => Math.max(0, ...(await tools.evaluate('__bench.tasks')))
	};
	return tools;
}
