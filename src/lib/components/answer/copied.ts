import { createContext } from 'svelte';

/** What an answer does after a copy from one of its code blocks, handed down to them. */
export const [getCopied, setCopied] = createContext<() => void>();
