import type { ApiId } from '../model/draft.ts';
import type { Playground } from './playground.svelte.ts';

/** ms after the last change. */
const delay = 300;

/** Stores each draft soon after it changes, for as long as the component lives that calls this. */
export function autosave(playground: Playground): void {
	for (const api of Object.keys(playground.conversations) as ApiId[]) {
		$effect(() => {
			const { kept } = playground.conversations[api];
			if (!playground.ready || kept === undefined) return;
			const timer = setTimeout(() => void playground.saveDrafts([api]), delay);
			return () => clearTimeout(timer);
		});
	}
}
