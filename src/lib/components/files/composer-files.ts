export { default as AttachButton } from './AttachButton.svelte';
export { Attaching } from './attaching.svelte.ts';
export { default as FileShelf } from './FileShelf.svelte';
export { default as FileTools } from './FileTools.svelte';
