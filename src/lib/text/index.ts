/** Every word the page says, in the language in use. `backticks` mark what is set in mono. */
export * as text from './en.ts';
