import type { Component } from 'svelte';
import type { PageContext } from './shell.svelte.ts';

/** What a dialog can be opened with. */
export interface DialogProps {
	/** Key: a Region that was asked for. */
	wanted?: string;
	/** Key: what was pasted elsewhere on the page. */
	prefill?: string;
	/** Branches: a turn of the one that is compared with the one that is shown. */
	turn?: string;
	/** Delete, input items, code: the run whose response it is about. */
	run?: string;
}

/** A dialog over the page, loaded when it is first opened. */
type DialogComponent = Component<{ page: PageContext; props: DialogProps; onclose: () => void }>;

/** Every dialog. Adding one is a line here and a file. */
export const dialogs = {
	key: () => import('../key/KeyDialogOfPage.svelte'),
	network: () => import('../connections/NetworkDialog.svelte'),
	gateway: () => import('../key/GatewayDialogOfPage.svelte'),
	embeddings: () => import('../embeddings/EmbeddingsOfPage.svelte'),
	forget: () => import('./ForgetEverything.svelte'),
	'export-conversation': () => import('../transfer/ExportConversation.svelte'),
	'import-conversations': () => import('../transfer/ImportConversations.svelte'),
	'delete-response': () => import('../chain/DeleteResponse.svelte'),
	'input-items': () => import('../chain/InputItems.svelte'),
	'adopt-response': () => import('../chain/AdoptResponse.svelte'),
	'chain-code': () => import('../chain/ChainCode.svelte'),
	'compare-branches': () => import('../chain/CompareBranches.svelte'),
	share: () => import('../share/ShareRequest.svelte'),
	profiles: () => import('../profiles/ProfilesDialog.svelte')
} as const satisfies Record<string, () => Promise<{ default: DialogComponent }>>;

export type DialogId = keyof typeof dialogs;
