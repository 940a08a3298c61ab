import { section } from '../section.ts';

/** Words of more than one part of the page. */
export const common = section('common', {
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
	forgetEverything: {
		title: 'Forget everything?',
		what: (conversations: number) =>
			`Your key, ${conversations === 1 ? '1 conversation' : `${conversations} conversations`}, what you are writing and the settings are deleted from this browser. What is running is stopped. This cannot be undone.`,
		others: 'Close other tabs of this page first: what they still hold they may store again.',
		confirm: 'Forget everything',
		failed: 'This browser did not let the page delete what is stored.'
	},
	notLoaded: 'This part of the page could not be loaded. Reload the page to get it.'
});
