import { untrack } from 'svelte';
import type { ApiId } from '../model/draft.ts';
import type { Playground } from './playground.svelte.ts';

/** ms after the last change. */
const delay = 300;

/** Stores each draft soon after it changes, for as long as the component lives that calls this. */
export function autosave(playground: Playground): void {
	for (const api of Object.keys(playground.tabs.shown) as ApiId[]) {
		let former: unknown;
		$effect(() => {
			const conversation = playground.tabs.shown[api];
			const { settings, composer, parts, resend, returned, results, typed } = conversation.editor;
			const { id } = conversation;
			const state = [id, settings, composer, parts, resend, returned, results, typed?.text];
			if (!playground.tabs.isLoaded(api)) return;
			const isFirst = former === undefined || (former as unknown[])[0] !== conversation.id;
			former = state;
			// What was just loaded is stored already.
			if (isFirst) return;
			// At once: what the page leaves as it goes away is found by what its tabs showed.
			untrack(() => playground.tabs.remember(conversation));
			const timer = setTimeout(() => void playground.tabs.saveDraft(conversation), delay);
			return () => clearTimeout(timer);
		});
	}
}
