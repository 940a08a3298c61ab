import { formatCount } from '../format.ts';
import { section } from '../section.ts';

const weekday = newDateFormat({ weekday: 'long' });
const dayAndMonth = newDateFormat({ day: 'numeric', month: 'long' });
const wholeDate = newDateFormat({ dateStyle: 'long' });

/** The list of past runs. */
export const history = section('history', {
	name: 'History',
	newConversation: 'New conversation',
	search: 'Search history',
	filter: 'Filter',
	clearSearch: 'Clear the search',
	clearFilters: 'Clear',
	runs: 'Conversations',
	api: 'API',
	outcome: 'Outcome',
	anyApi: 'Any API',
	anyOutcome: 'Any outcome',
	outcomes: {
		finished: 'Finished',
		stopped: 'Stopped',
		'cut-short': 'Cut short',
		failed: 'Failed'
	},
	match: (total: number) =>
		`of ${total} ${total === 1 ? 'conversation matches' : 'conversations match'}`,
	/** `count` is undefined where the texts could not be looked through. */
	searched: (count: number | undefined) =>
		count === undefined
			? 'The messages could not be searched.'
			: `${formatCount(count)} ${count === 1 ? 'message' : 'messages'} searched`,
	empty: 'Nothing here yet',
	emptyHint: 'Your conversations stay in this browser.',
	untitled: 'No message',

	today: 'Today',
	yesterday: 'Yesterday',
	weekday: (time: number) => weekday(time),
	date: (time: number) => dayAndMonth(time),
	dateWithYear: (time: number) => wholeDate(time),

	draft: 'Draft',
	unfinished: 'Unfinished',
	notFinished: 'Not finished',
	pageClosed: 'Page closed',
	stopped: 'Stopped',
	cutShort: 'Cut short',
	badFrame: 'Broken frame',
	exception: 'Exception',
	failed: 'Failed',
	notAnAnswer: 'Not an answer',
	unreachable: 'Unreachable',

	moreFor: (title: string) => `More for ${title}`,
	actions: 'Conversation actions',
	showRuns: 'Show its runs',
	hideRuns: 'Hide its runs',
	runsOf: (title: string) => `Runs of ${title}`,
	noRuns: 'Nothing was sent in it yet.',
	/** The time alone for one of today, with its day before it for another. */
	runAt: (time: number, clock: string) =>
		new Date(time).toDateString() === new Date().toDateString()
			? clock
			: `${dayAndMonth(time)}, ${clock}`,
	delete: 'Delete',

	kept: 'Conversations are kept in this browser.',
	notKept: 'Conversations are not kept: this browser gives the page no storage.',
	unreadable: (count: number) =>
		count === 1
			? '1 record could not be read. It is set aside.'
			: `${count} records could not be read. They are set aside.`,
	newer: (count: number) =>
		count === 1
			? '1 record is of a newer version of this page. It is left as it is.'
			: `${count} records are of a newer version of this page. They are left as they are.`,
	olderVersion: 'Runs of the first version of this page are set aside and not shown.'
});

/** Writes dates in one form. The first one made in a page takes tens of ms, so it is made with the first date. */
function newDateFormat(form: Intl.DateTimeFormatOptions): (time: number) => string {
	let made: Intl.DateTimeFormat | undefined;
	return (time) => (made ??= new Intl.DateTimeFormat('en-GB', form)).format(time);
}
