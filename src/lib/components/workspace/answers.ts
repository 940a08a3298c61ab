export { default as AddAs } from './AddAs.svelte';
export { sayEnd } from './say-end.ts';
export { default as TurnList } from './TurnList.svelte';
