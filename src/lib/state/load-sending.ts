import { loadOnce } from '../model/load-once.ts';

/** What sends the requests of conversations. */
export type Sending = typeof import('./sending.ts');

/**
 * Loads what builds and sends requests. It is a file of its own because somebody can read the page and write in it before
 * it is there. Rejects where it is out of reach.
 */
export const loadSending = loadOnce((): Promise<Sending> => import('./sending.ts'));
