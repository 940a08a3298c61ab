export { Attaching } from './attaching.svelte.ts';
// It also takes what is dropped anywhere on the page.
export { default as FileShelf } from './FileShelf.svelte';
export { default as FileTools } from './FileTools.svelte';
