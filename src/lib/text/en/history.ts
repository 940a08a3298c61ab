const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });
const wholeDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });

/** The list of past runs. */
export const history = {
	name: 'History',
	newConversation: 'New conversation',
	search: 'Search history',
	filter: 'Filter',
	clearSearch: 'Clear the search',
	clearFilters: 'Clear',
	runs: 'Runs',
	api: 'API',
	outcome: 'Outcome',
	anyApi: 'Any API',
	anyOutcome: 'Any outcome',
	apis: {
		converse: 'Converse',
		'chat-completions': 'Chat Completions',
		responses: 'Responses'
	},
	outcomes: {
		finished: 'Finished',
		stopped: 'Stopped',
		'cut-short': 'Cut short',
		failed: 'Failed'
	},
	match: (total: number) => `of ${total} ${total === 1 ? 'run matches' : 'runs match'}`,
	empty: 'Nothing here yet',
	emptyHint: 'Your runs stay in this browser.',
	untitled: 'No message',

	today: 'Today',
	yesterday: 'Yesterday',
	weekday: (time: number) => weekday.format(time),
	date: (time: number) => dayAndMonth.format(time),
	dateWithYear: (time: number) => wholeDate.format(time),

	unfinished: 'Unfinished',
	stopped: 'Stopped',
	cutShort: 'Cut short',
	badFrame: 'Broken frame',
	exception: 'Exception',
	failed: 'Failed',
	notAnAnswer: 'Not an answer',
	unreachable: 'Unreachable',

	moreFor: (title: string) => `More for ${title}`,
	actions: 'Run actions',
	delete: 'Delete',

	kept: 'Runs are kept in this browser.',
	notKept: 'Runs are not kept: this browser gives the page no storage.',
	unreadable: (count: number) =>
		count === 1
			? '1 run could not be read. It is left as it is.'
			: `${count} runs could not be read. They are left as they are.`
};
