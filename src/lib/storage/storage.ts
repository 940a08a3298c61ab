// What reads and writes what is stored of the page itself, its keys and its conversations; see `load.ts`.

export * from './conversations.ts';
export * from './drafts.ts';
export * from './keys.ts';
export { pruneExchanges } from './room.ts';
export * from './settings.ts';
