// What sends the requests of conversations, and builds those again that were sent; see `load-sending.ts`.

export { rebuildRequest } from './plan.ts';
export { Sender } from './sender.ts';
