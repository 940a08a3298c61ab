// A link whose short fragment holds thousands of messages.
import { deflateRawSync } from 'node:zlib';

const count = 4000;

function newLink() {
	const messages = Array.from({ length: count }, (_, i) => ({
		id: '',
		role: i % 2 === 0 ? 'user' : 'assistant',
		parts: [{ type: 'text', text: i === count - 1 ? 'The last one' : 'x' }]
	}));
	const json = JSON.stringify({
		api: 'chat-completions',
		draft: { model: 'm', params: {}, messages }
	});
	return `#/s/1.${deflateRawSync(json).toString('base64url')}`;
}

/** Opens the link, takes its request into the page, and opens the page again. */
export async function openLink(browser, page) {
	const session = await browser.openSession(page.server);
	try {
		const longest = async () => {
			await session.quiet(20_000);
			const found = await session.longest();
			await session.evaluate('__bench.tasks.length = 0');
			return found;
		};
		await session.page.goto(`${page.server.url}/${newLink()}`);
		await session.page.getByRole('heading', { name: 'Someone shared' }).waitFor();
		const ready = await session.evaluate('__bench.ready');
		const preview = await longest();
		await session.page.getByRole('button', { name: 'Open in Chat Completions' }).click();
		const log = session.page.getByRole('log');
		await log.waitFor();
		const taken = await longest();
		await session.page.reload();
		await session.opened();
		const again = await longest();
		const isShown = (await log.textContent()).includes('The last one');
		return {
			valid: isShown,
			...(!isShown && { problem: 'the last message is not there' }),
			figures: { ready, preview, taken, again, longest: Math.max(preview, taken, again) }
		};
	} finally {
		await session.close();
	}
}
