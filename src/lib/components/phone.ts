import { MediaQuery } from 'svelte/reactivity';

/** Whether history and inspector can have columns beside the workspace; true while it is prerendered. */
export const columns = new MediaQuery('width >= 1024px', true);

/** Whether the page is as narrow as a phone, where one panel fills it; false while it is prerendered. */
export const phone = new MediaQuery('width < 640px', false);
