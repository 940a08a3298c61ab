export { Attaching } from './attaching.svelte.ts';
export { default as FileTools } from './FileTools.svelte';
