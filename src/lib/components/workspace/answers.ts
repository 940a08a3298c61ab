export { default as MessageEditor } from './MessageEditor.svelte';
export { default as Pager } from './Pager.svelte';
export { default as RunTurn } from './RunTurn.svelte';
export { sayEnd } from './say-end.ts';
export { default as ToolTurn } from './tools/ToolTurn.svelte';
export { default as UserTurn } from './UserTurn.svelte';
export { default as Warnings } from '../Warnings.svelte';
