/** What a visitor does not see at once: each is a file of its own, loaded when it is first shown. */
export const later = {
	keyDialog: () => import('../key/KeyDialog.svelte'),
	shareRequest: () => import('../share/ShareRequest.svelte'),
	sharedRequest: () => import('../share/SharedRequest.svelte')
};
