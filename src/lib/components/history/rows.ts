export { default as ConversationRow } from './ConversationRow.svelte';
export { default as RunList } from './RunList.svelte';
