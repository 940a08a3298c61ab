import 'fake-indexeddb/auto';
import { vi } from 'vitest';
import { renewModules } from '../../../tests/renew-modules.ts';
import type { ApiId } from '../model/draft.ts';
import { newSimulator } from '../simulator/simulator.ts';
import type { Conversation } from './conversation.svelte.ts';
import type { FoundKey } from './key-ring.svelte.ts';
import type { Playground } from './playground.svelte.ts';
import type { Fetch } from './runner.ts';

/** For `vi.waitFor`: a busy machine takes its time. What is waited for ends the wait. */
export const patience = { timeout: 20_000 };

/** A page in Node: its state, and what a request of it is answered with. */
export interface Page {
	playground: Playground;
	/** Requests that went out, oldest first; `simulated` ones never leave the page. */
	sent: { url: string; body: string; authorization: string | null; simulated: boolean }[];
	/** Ends the page as closing its tab would, without a chance to store anything more. */
	close: () => void;
}

const text = { system: 'Be short.', prompt: 'What is a token?' };

/**
 * Opens a page on what is stored, as a browser would, inside another page where `top` is
 * given; `answer` stands in for the network and for the simulator.
 */
export async function openPage(answer?: Fetch, hash?: string, top?: unknown): Promise<Page> {
	const page = await openAtOnce(answer, hash, top);
	// As in a page that has been idle: how long modules take to load here says nothing.
	await import('./execution.ts');
	await eventually(() => {
		if (!page.playground.tabs.current.canBuild) throw new Error('What sends is not loaded');
	});
	return page;
}

/** As {@link openPage}, without waiting for what the page loads after it is ready. */
export async function openAtOnce(
	answer: Fetch = simulate(),
	hash = '',
	top: unknown = globalThis
): Promise<Page> {
	const sent: Page['sent'] = [];
	const answerTo =
		(simulated: boolean): Fetch =>
		async (input, init) => {
			const request = new Request(input, init);
			sent.push({
				url: request.url,
				body: await request.clone().text(),
				authorization: request.headers.get('authorization'),
				simulated
			});
			return answer(input, init);
		};
	const location = new URL(`http://localhost/${hash}`);
	vi.stubGlobal('window', globalThis);
	vi.stubGlobal('top', top);
	vi.stubGlobal('location', location);
	vi.stubGlobal('document', new EventTarget());
	vi.stubGlobal('history', { state: null, replaceState: () => undefined });
	vi.stubGlobal('fetch', answerTo(false));
	// Each page has modules of its own, as each tab of a browser has; they share what is stored.
	renewModules();
	const { Playground } = await import('./playground.svelte.ts');
	const playground = new Playground(() => Promise.resolve(answerTo(true)), text);
	const close = await playground.open();
	return { playground, sent, close };
}

/** A simulator that answers without waiting. */
export function simulate(): Fetch {
	return newSimulator({ requireKey: false, seed: 1, speed: 1000 });
}

/** A key as the dialog hands it over. */
export function newKey(life = 3_600_000, region = 'us-west-2'): FoundKey {
	const issuedAt = Date.now();
	return {
		...{ kind: 'short-term', secret: `secret-of-${issuedAt}-${Math.random()}`, region, issuedAt },
		...{ expiresAt: issuedAt + life, lastFour: 'MPLE' }
	};
}

/** Writes a text into a conversation and sends it. */
export async function say(conversation: Conversation, words: string): Promise<void> {
	conversation.editor.composer = words;
	await conversation.send();
}

/** The texts of the branch that is shown, by who said them. */
export function spoken(conversation: Conversation): string[] {
	return conversation.tree.path.map(({ message }) => {
		const words = message.parts.map((part) => ('text' in part ? part.text : part.type)).join(' ');
		return message.role === 'assistant' ? `< ${words}` : `> ${words}`;
	});
}

/** The conversation that a tab shows. */
export function tab(page: Page, api: ApiId = 'converse'): Conversation {
	return page.playground.tabs.shown[api];
}

/** A fetch that answers each message with `Echo: ` and its text, at once or when `release` is called. */
export function newEcho(): { fetch: Fetch; hold: () => void; release: () => void } {
	let gate: Promise<void> = Promise.resolve();
	let open: () => void = () => undefined;
	return {
		hold: () => (gate = new Promise((resolve) => (open = resolve))),
		release: () => open(),
		fetch: async (input, init) => {
			const request = new Request(input, init);
			const body = (await request.json()) as { messages: { content: { text: string }[] }[] };
			const held = gate;
			await Promise.race([
				held,
				new Promise((_, reject) => init?.signal?.addEventListener('abort', reject))
			]);
			const said =
				body.messages
					.at(-1)
					?.content.map(({ text }) => text)
					.join('') ?? '';
			return Response.json({
				output: { message: { role: 'assistant', content: [{ text: `Echo: ${said}` }] } },
				stopReason: 'end_turn',
				usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 }
			});
		}
	};
}

/** Tries until `check` holds, as tasks go by. A clock that a test holds does not move by it. */
export async function eventually(check: () => unknown): Promise<void> {
	const end = performance.now() + patience.timeout;
	for (;;) {
		try {
			await check();
			return;
		} catch (error) {
			if (performance.now() > end) throw error;
		}
		await new Promise((resolve) => setImmediate(resolve));
	}
}
