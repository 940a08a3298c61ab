import { loadOnce } from '../model/load-once.ts';

/**
 * Loads what reads and writes what is stored. It is a file of its own because a page on which nothing is stored can be used
 * before it is there. Rejects where it is out of reach.
 */
export const loadStorage = loadOnce(() => import('./storage.ts'));
