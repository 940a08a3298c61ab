// English. Each section is a module of its own, so that its words are loaded with the part of the page that says them.
export { answer } from './en/answer.ts';
export { checks } from './en/checks.ts';
export { common } from './en/common.ts';
export { conflict } from './en/conflict.ts';
export { editor } from './en/editor.ts';
export { errors } from './en/errors.ts';
export { history } from './en/history.ts';
export { inspector } from './en/inspector.ts';
export { inspectorFrame } from './en/inspector-frame.ts';
export { key } from './en/key.ts';
export { keyChip } from './en/key-chip.ts';
export { losses, mends } from './en/losses.ts';
export { outcome } from './en/outcome.ts';
export { run } from './en/run.ts';
export { sharing } from './en/sharing.ts';
export { tools } from './en/tools.ts';
export { workspace } from './en/workspace.ts';
