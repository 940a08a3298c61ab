// The list of the model field and what moves in it: loaded when the page is idle, at the latest when somebody points there.
export { Picker } from './picker.svelte.ts';
export { default as ModelList } from './ModelList.svelte';
