// An answer that streams into a page: what it costs, whether keys are painted meanwhile, and whether Stop stops.
import { answerOf, holds } from './answers.mjs';
import { sleep } from './browser.mjs';
import { readShown } from './pages.mjs';
import { quantile } from './report.mjs';
import { parseModel, prepareEvents } from './server.mjs';

/** How long an answer may take, in ms. */
const longest = 180_000;

/** Waits until the page says that the answer has ended; throws when it does not in time. */
async function waitForEnd(session, page, ended) {
	const deadline = performance.now() + longest;
	const late = () => sleep(Math.max(0, deadline - performance.now()));
	while (performance.now() < deadline) {
		await sleep(100);
		// A page whose main thread is stuck does not answer: then the deadline does.
		if (!ended()) continue;
		if (await Promise.race([session.evaluate(page.done), late()])) return;
	}
	throw new Error(`not finished in ${longest / 1000} s`);
}

/** Types a letter ten times a second until it is stopped. Gives what stops it and tells how many there were. */
function startTyping(session) {
	let typed = 0;
	const timer = setInterval(() => {
		typed += 1;
		// The page may close before the last key has come through.
		session.press().catch(() => undefined);
	}, 100);
	return () => {
		clearInterval(timer);
		return typed;
	};
}

/** Waits until a page has done what it put off, which counts too: long answers are drawn in slices. */
async function waitUntilWhole(session, page, seen) {
	const deadline = performance.now() + longest / 3;
	for (;;) {
		const after = await session.quiet();
		const check = holds(await readShown(session, page), seen);
		if (check.ok || performance.now() > deadline) return { after, check };
	}
}

/** Streams one answer into a fresh page. */
export async function streamInto(
	browser,
	page,
	{ api = 'chat', model, typing = false, far = false }
) {
	const spec = parseModel(model);
	const wanted = answerOf(spec.answer);
	prepareEvents(api, spec);
	const session = await browser.openUnwatched(page.server);
	try {
		await page.open(session, { api, model, far });
		await session.write(page.composer, 'Stream the answer.');
		// A mouse that rests over the text makes the browser look what is under it at each change, on every page alike.
		await session.pointAt(640, 300);
		await sleep(300);
		const heapBefore = await session.heap();
		await sleep(200);
		await session.evaluate('__bench.tasks.length = 0');
		const before = await session.metrics();
		const { ended } = page.server.state;
		const start = performance.now();
		await page.send(session);
		let stopTyping;
		if (typing) {
			await sleep(500);
			await session.evaluate(`document.querySelector('${page.composer}').focus()`);
			await session.evaluate('__bench.keys.length = 0');
			stopTyping = startTyping(session);
		}
		await waitForEnd(session, page, () => page.server.state.ended > ended);
		stopTyping?.();
		const wall = performance.now() - start;
		const { after, check } = await waitUntilWhole(session, page, wanted.seen);
		const keys = typing ? await session.evaluate('__bench.keys') : [];
		const tasks = await session.evaluate('__bench.tasks');
		const ms = (name) => (after[name] - before[name]) * 1000;
		const growth = (await session.heap()) - heapBefore;
		// Those that are left after the garbage collection.
		const { Nodes: nodes } = await session.metrics();
		return {
			valid: check.ok,
			...(!check.ok && { problem: `${check.found} of ${check.total}; missing: ${check.missing}` }),
			figures: {
				cpu: ms('ThreadTime'),
				busy: ms('TaskDuration'),
				script: ms('ScriptDuration'),
				layout: ms('LayoutDuration') + ms('RecalcStyleDuration'),
				longest: Math.max(0, ...tasks),
				wall,
				nodes,
				growth,
				...(typing && { keyP50: quantile(keys, 0.5), keyP95: quantile(keys, 0.95) })
			}
		};
	} finally {
		await session.close();
	}
}

/** Presses Esc while an answer streams. The figure is the time from the key until the page shows that it stopped. */
export async function stopIn(browser, page, { api = 'chat', model }) {
	prepareEvents(api, parseModel(model));
	const session = await browser.openUnwatched(page.server);
	try {
		await page.open(session, { api, model });
		await session.write(page.composer, 'Stream the answer.');
		await page.send(session);
		await session.until(`document.querySelector('${page.shown}')`);
		await sleep(3000);
		await session.press('Escape');
		const stop = await session.evaluate(
			`new Promise((resolve) => {
				const look = () => (${page.isStopped} ? resolve(performance.now() - __bench.escape) : requestAnimationFrame(look));
				look();
				setTimeout(() => resolve(null), 30_000);
			})`
		);
		if (stop === null) return { valid: false, problem: 'not stopped in 30 s', figures: {} };
		return { valid: true, figures: { stop } };
	} finally {
		await session.close();
	}
}
