/** What a first visit does not show is a file of its own, loaded when first used and at the latest when the page is idle. */
export const loadLater = () => import('./later-parts.ts');
