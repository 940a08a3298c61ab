export { describeFailure } from './failure.ts';
export { default as RunTurn } from './RunTurn.svelte';
export { default as UserTurn } from './UserTurn.svelte';
