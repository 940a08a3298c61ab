// English. Each section is a module of its own, so that its words are loaded with the part of the page that says them.
export { answer } from './en/answer.ts';
export { errors } from './en/errors.ts';
export { history } from './en/history.ts';
export { inspector } from './en/inspector.ts';
export { inspectorFrame } from './en/inspector-frame.ts';
export { key } from './en/key.ts';
export { keyChip } from './en/key-chip.ts';
export { losses, mends } from './en/losses.ts';
export { outcome } from './en/outcome.ts';
export { sharing } from './en/sharing.ts';
export { workspace } from './en/workspace.ts';

export const close = 'Close';
export const cancel = 'Cancel';
export const copy = 'Copy';
export const copied = 'Copied';
export const undo = 'Undo';
export const deleted = {
	message: 'Message deleted.',
	conversation: 'Conversation deleted.',
	cleared: 'Conversation cleared.'
};
export const notLoaded = 'This part of the page could not be loaded. Reload the page to get it.';
