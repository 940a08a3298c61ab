export { Attaching } from './attaching.svelte.ts';
export { default as FileShelf } from './FileShelf.svelte';
export { default as FileTools } from './FileTools.svelte';
