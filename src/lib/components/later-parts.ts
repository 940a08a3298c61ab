export { default as Body } from './inspector/Body.svelte';
export { default as RequestCode } from './inspector/RequestCode.svelte';
export { default as KeyDialog } from './key/KeyDialog.svelte';
export { default as ShareRequest } from './share/ShareRequest.svelte';
export { default as SharedRequest } from './share/SharedRequest.svelte';
export { default as RunTurn } from './workspace/RunTurn.svelte';
