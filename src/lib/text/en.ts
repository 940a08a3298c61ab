import { answer } from './en/answer.ts';
import { errors } from './en/errors.ts';
import { history } from './en/history.ts';
import { inspector } from './en/inspector.ts';
import { key } from './en/key.ts';
import { losses, mends } from './en/losses.ts';
import { outcome } from './en/outcome.ts';
import { sharing } from './en/sharing.ts';
import { workspace } from './en/workspace.ts';

/** English. */
export const en = {
	answer,
	errors,
	history,
	inspector,
	key,
	losses,
	mends,
	outcome,
	sharing,
	workspace,
	close: 'Close',
	cancel: 'Cancel',
	copy: 'Copy',
	copied: 'Copied',
	undo: 'Undo',
	deleted: {
		message: 'Message deleted.',
		conversation: 'Conversation deleted.',
		cleared: 'Conversation cleared.'
	},
	notLoaded: 'This part of the page could not be loaded. Reload the page to get it.'
};
