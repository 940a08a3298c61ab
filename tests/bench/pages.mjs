// How each page is opened and driven: the bare page, and a build of the playground.
import { createHash } from 'node:crypto';
import { newKey } from '../new-key.mjs';
import { serve } from './server.mjs';

/**
 * As long as the session tokens of roles are. The page looks for its key in all that comes back, and for a short one in less
 * time than a real one takes.
 */
const token = Array.from({ length: 12 }, (_, i) =>
	createHash('sha512').update(`${i}`).digest('base64')
).join('');

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
		open: async ({ goTo, until }, { api, model, far = false }) => {
			const query = new URLSearchParams({ api, model, view: 'markdown', ...(far && { far: '1' }) });
			await goTo(`${server.url}/?${query}`);
			await until(`document.querySelector('output')?.value === 'ready'`);
		},
		send: ({ click }) => click('button')
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
		open: async (session, { api = 'chat', model }) => {
			await session.goTo(server.url);
			await session.opened();
			await pasteKey(session);
			await session.click('[role=tab]', tabs[api]);
			if (model !== undefined) await session.write('[role=combobox][aria-label="Model"]', model);
		},
		send: ({ press }) => press('Control+Enter'),
		isStopped: `document.querySelector('[data-testid=ending]') !== null`
	};
}

async function pasteKey({ click, until, write }) {
	await click('[data-testid=key-chip]');
	await write('dialog input', newKey({ token }));
	await click('dialog button', 'Save');
	await until(`!document.querySelector('dialog[open]')`);
}

/** The text of what a page shows of the answer. */
export function readShown({ evaluate }, { shown }) {
	return evaluate(
		`[...document.querySelectorAll('${shown}')].map((one) => one.textContent).join('\\n')`
	);
}
