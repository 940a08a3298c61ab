import { MediaQuery } from 'svelte/reactivity';

/** Whether the page is as narrow as a phone, where one panel fills it; false while it is prerendered. */
export const phone = new MediaQuery('width < 640px', false);
