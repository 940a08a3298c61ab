import { section } from '../section.ts';

/** What asks before all that is stored is deleted. */
export const forget = section('forget', {
	title: 'Forget everything?',
	what: (conversations: number) =>
		`Your key, ${conversations === 1 ? '1 conversation' : `${conversations} conversations`}, what you are writing and the settings are deleted from this browser. What is running is stopped. This cannot be undone.`,
	others: 'Close other tabs of this page first: what they still hold they may store again.',
	confirm: 'Forget everything',
	failed: 'This browser did not let the page delete what is stored.'
});
