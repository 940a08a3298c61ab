export { default as RunTurn } from './RunTurn.svelte';
