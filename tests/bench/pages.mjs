// How each page is opened and driven: the bare page, and a build of the playground.
import { newKey } from '../new-key.mjs';
import { serve } from './server.mjs';

const composer = 'textarea[aria-label="Message"]';
const tabs = { converse: 'Converse', chat: 'Chat Completions', responses: 'Responses' };

/**
 * The least a page can do and still show the answer as Markdown; see bare/bare.mjs. `far` leaves what is far outside
 * the view out of the layout.
 */
export async function newBarePage() {
	const server = await serve();
	return {
		name: 'bare',
		server,
		composer: 'textarea',
		shown: 'main',
		done: `document.querySelector('output').value === 'done'`,
		open: async ({ page }, { api, model, far = false }) => {
			const query = new URLSearchParams({ api, model, view: 'markdown', ...(far && { far: '1' }) });
			await page.goto(`${server.url}/?${query}`);
			await page.waitForFunction(() => document.querySelector('output').value === 'ready');
		},
		send: ({ evaluate }) => evaluate(`document.querySelector('button').click()`)
	};
}

/** A build of the playground in `root`. It calls the service's own host names with a pasted key. */
export async function newBuiltPage(name, root) {
	const server = await serve(root);
	return {
		name,
		root,
		server,
		composer,
		shown: '[data-testid=answer]',
		done: `/total/.test([...document.querySelectorAll('[data-testid=metrics]')].at(-1)?.textContent)`,
		open: async ({ page, opened }, { api = 'chat', model }) => {
			await page.goto(server.url);
			await opened();
			await pasteKey(page);
			await page.getByRole('tab', { name: tabs[api] }).click();
			if (model !== undefined) await page.getByRole('combobox', { name: 'Model' }).fill(model);
		},
		send: ({ page }) => page.keyboard.press('Control+Enter'),
		isStopped: `document.querySelector('[data-testid=ending]') !== null`
	};
}

async function pasteKey(page) {
	await page.getByTestId('key-chip').click();
	await page.getByLabel('API key', { exact: true }).fill(newKey());
	await page.getByRole('button', { name: 'Save' }).click();
	await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** The text of what a page shows of the answer. */
export function readShown({ page }, { shown }) {
	return page.evaluate(
		(selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent).join('\n'),
		shown
	);
}
