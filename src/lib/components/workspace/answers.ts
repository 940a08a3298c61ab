export { default as BesideSend } from './BesideSend.svelte';
export { sayEnd } from './say-end.ts';
export { default as TurnList } from './TurnList.svelte';
