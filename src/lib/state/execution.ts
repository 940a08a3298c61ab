// What sends runs, reads their answers and stores what comes: loaded when the page is idle, at the latest with the first.
export { apis } from '../apis/index.ts';
export { execute } from '../http/execute.ts';
export { holdRun } from '../storage/running.ts';
export { endRun, saveRun, startRun } from '../storage/runs.ts';
export { ChunkLog } from './chunk-log.ts';
export { send } from '../http/send.ts';
