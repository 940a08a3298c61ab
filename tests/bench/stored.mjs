// A page that is opened again with much in its storage, beside a bare page that opens the same database.
import { sleep } from './browser.mjs';
import { readShown } from './pages.mjs';
import {
	copyConversations,
	lengthenConversation,
	sizeOfStored,
	tellConversation,
	tellConversations
} from './stored-records.mjs';

const answerLength = 1200;
const runLength = 50_000;
const runs = 3000;
const told = 30;
/** Exchanges that the page itself tells of a long conversation. */
const block = 25;

/** ms after which Chromium has closed a database that nobody uses any more, so that the next one opens it from disk. */
const closing = 4000;

/** What is stored, a case each. A turn is one message: an exchange is two. */
const cases = [
	{ name: 'empty' },
	{
		name: '500 turns',
		tell: { to: block, characters: answerLength },
		lengthen: { from: block, to: 250 }
	},
	{
		name: '1000 turns',
		tell: { to: block, characters: answerLength },
		lengthen: { from: block, to: 500 }
	},
	{ name: 'answer of 1 MB', tell: { to: 1, characters: 1_000_000 } },
	{ name: `${told} runs`, conversations: told },
	{ name: `${runs} runs`, conversations: told, copies: runs / told - 1 }
];

async function fill(session, page, { tell, lengthen, conversations, copies }) {
	await page.open(session, { api: 'chat' });
	if (tell !== undefined) await tellConversation(session, tell);
	if (lengthen !== undefined) {
		await session.quiet();
		await lengthenConversation(session, { block, ...lengthen });
	}
	if (conversations !== undefined) {
		await tellConversations(session, { count: conversations, characters: runLength });
	}
	if (copies !== undefined) {
		// The page writes the end of its last run and the draft, and must not write over the copies' draft.
		await session.quiet();
		await copyConversations(session, copies);
	}
	await session.quiet();
	return sizeOfStored(session);
}

/** ms that Chromium takes to open the page's database and to read one small record of it, in a document without scripts. */
async function openBare(browser, page, context) {
	const session = await browser.openSession(page.server, context);
	try {
		await session.page.goto(`${page.server.url}/favicon.svg`);
		return await session.page.evaluate(async () => {
			const settled = (request) =>
				new Promise((resolve, reject) => {
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(request.error);
				});
			const start = performance.now();
			const database = await settled(indexedDB.open('bedrock-playground'));
			const [store] = database.objectStoreNames;
			await settled(database.transaction(store).objectStore(store).get('setting/page'));
			return performance.now() - start;
		});
	} finally {
		await session.close();
	}
}

async function reopen(browser, page, context, { tell, lengthen, copies }, stored) {
	const answers = lengthen?.to ?? tell?.to ?? 0;
	await sleep(closing);
	const opening = await openBare(browser, page, context);
	await sleep(closing);
	const session = await browser.openSession(page.server, context);
	try {
		await session.page.goto(page.server.url);
		await session.opened();
		const last = session.page.locator('[data-testid=answer]').last();
		if (answers > 0) await last.waitFor({ timeout: 120_000 });
		const { ThreadTime, Nodes } = await session.quiet(20_000);
		const wanted = `Answer to Question ${answers - 1} of many`;
		const rows = await session.page
			.getByRole('navigation', { name: 'History' })
			.getByRole('listitem')
			.count();
		const isShown = answers === 0 || (await readShown(session, page)).includes(wanted);
		const isListed = copies === undefined || rows > told;
		const ready = await session.evaluate('__bench.ready');
		return {
			valid: isShown && isListed,
			...(!isShown && { problem: `the last answer is not there: ${wanted}` }),
			...(!isListed && { problem: `${rows} rows of history` }),
			figures: {
				stored,
				ready,
				opening,
				beyond: ready - opening,
				longest: await session.longest(),
				cpu: ThreadTime * 1000,
				heap: await session.heap(),
				nodes: Nodes,
				rows
			}
		};
	} finally {
		await session.close();
	}
}

/** Fills a storage for each case and page, and then opens them again in turn, round by round. */
export async function measureStored(browser, pages, { rounds, record, wants }) {
	const stores = [];
	for (const one of cases.filter(({ name }) => wants(name))) {
		for (const page of pages) {
			const context = await browser.newContext();
			const session = await browser.openSession(page.server, context);
			const size = await fill(session, page, one).catch((error) => error);
			await session.close();
			stores.push({ one, page, context, size });
		}
	}
	for (let round = 0; round < rounds; round += 1) {
		for (const { one, page, context, size } of stores) {
			await record({ part: 'stored', case: one.name, page: page.name, round }, () => {
				if (size instanceof Error) throw size;
				return reopen(browser, page, context, one, size);
			});
		}
	}
	for (const { context } of stores) await context.close();
}
