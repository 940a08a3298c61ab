import { section } from '../section.ts';

/** Words of what one can do with a message. */
export const message = section('message', {
	actions: 'Message actions',
	more: 'More',
	edit: 'Edit',
	regenerate: 'Regenerate',
	remove: 'Delete',
	plainText: 'Plain text',
	fork: 'Fork from here',
	insertBefore: 'Insert before',
	moveUp: 'Move up',
	moveUpKeys: 'Alt ↑',
	moveDown: 'Move down',
	moveDownKeys: 'Alt ↓',
	asRole: (role: string) => `Role: ${role}`,
	copyMarkdown: 'Copy Markdown',
	copyJson: 'Copy JSON',
	addAs: (role: string) => `Add as ${role}`,
	addAsMenu: 'Add as',
	editMessage: 'Edit message',
	save: 'Save',
	saveAndSend: 'Save and send',
	/** At the end of a branch after which others go on. */
	beyond: (branches: number) =>
		branches === 1
			? 'The conversation goes on from here in another branch.'
			: `The conversation goes on from here in ${branches} other branches.`,
	showBeyond: 'Show it',
	/** For a model that goes on by itself after an answer that ends the messages. */
	goOn: 'Continue',
	goOnHow: 'Sends what has come as the last message: the model goes on after its last word',
	/** For any other, to which a message of the user's says so: no API has a word for going on. */
	continueLabel: 'Send “Continue”',
	continueHow: 'Sends “Continue where you stopped.” as your next message, with what has come so far'
});
