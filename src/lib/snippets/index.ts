import type { Client } from './client.ts';
import { curl } from './curl.ts';
import { javascript } from './javascript.ts';
import { python } from './python.ts';

export type { Client, Snippet } from './client.ts';
export { filesOf } from './files.ts';
export type { SnippetFile } from './files.ts';

/** Every client, in the order of the tabs. */
export const clients: readonly Client[] = [curl, python, javascript];
