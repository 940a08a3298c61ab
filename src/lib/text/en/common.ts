import { section } from '../section.ts';

/** Words of more than one part of the page. */
export const common = section('common', {
	close: 'Close',
	cancel: 'Cancel',
	copy: 'Copy',
	copied: 'Copied',
	undo: 'Undo',
	/** What was just done and can be undone. */
	done: {
		message: 'Message deleted.',
		conversation: 'Conversation deleted.',
		cleared: 'Conversation cleared.',
		moved: 'Message moved.',
		role: 'Role changed.'
	},
	notLoaded: 'This part of the page could not be loaded. Reload the page to get it.'
});
