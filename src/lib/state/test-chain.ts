import { expect } from 'vitest';
import { textOf } from '../model/draft.ts';
import type { Conversation } from './conversation.svelte.ts';
import { newKey, openPage, say, simulate, tab } from './test-kit.ts';
import type { Page } from './test-kit.ts';

/** The example of the services' own pages: two turns, the second of which needs the first. */
export const fact = 'My name is Alice and I like cats.';
export const question = 'What is my name and what do I like?';
export const remembered = 'Your name is Alice and you like cats.';
export const greeting = 'Nice to meet you, Alice. I will remember that you like cats.';

/** What a request to Responses says, as far as tests look at it. */
export interface Body {
	input: { role: string; content: unknown }[];
	previous_response_id?: string;
	instructions?: string;
	store?: boolean;
	model?: string;
}

/** What the request at `index` said, from the end where it is negative. */
export function bodyOf({ sent }: Page, index: number): Body {
	return JSON.parse(sent.at(index)?.body ?? 'null') as Body;
}

/** The turns of a request, in a word each. */
export function turnsOf({ input }: Body): string[] {
	return input.map(({ role, content }) => {
		const [part] = Array.isArray(content) ? (content as { text: string }[]) : [];
		return `${role}: ${typeof content === 'string' ? content : (part?.text ?? '')}`;
	});
}

/** The words of the last answer, without its reasoning. */
export function answerOf(conversation: Conversation): string {
	return textOf(conversation.tree.path.at(-1)?.message.parts ?? []);
}

/** A page whose Responses tab is open, with a key unless it is the demo. */
export async function openResponses(as: 'with-key' | 'demo' = 'with-key', answer = simulate()) {
	const page = await openPage(answer);
	page.playground.change({ api: 'responses' });
	if (as === 'with-key') await page.playground.useKey(newKey(), 'until-expiry');
	return { page, conversation: tab(page, 'responses') };
}

/** The same, with the first turn sent. Gives the id of its stored response too. */
export async function tellFact() {
	const { page, conversation } = await openResponses();
	await say(conversation, fact);
	expect(answerOf(conversation)).toBe(greeting);
	return { page, conversation, id: conversation.chain?.responseId ?? '' };
}
