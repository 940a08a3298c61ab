export { sayEnd } from './say-end.ts';
export { default as TurnList } from './TurnList.svelte';
