import { en } from './en.ts';

/** Every word the page says, in the language in use. `backticks` mark what is set in mono. */
export const text: typeof en = en;
