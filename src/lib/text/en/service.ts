import { formatCount } from '../format.ts';
import { section } from '../section.ts';

/** What is asked of the service about stored responses, and runs that it goes on with by itself. */
export const service = section('service', {
	menu: 'Service',
	group: (id: string) => `On the service: resp_…${id}`,
	retrieve: 'Retrieve',
	retrieveHow: 'Ask the service what it holds of this response.',
	inputItems: 'Input items',
	inputItemsHow: 'Ask the service for the items that this response answers.',
	remove: 'Delete',
	removeHow: 'Delete this response on the service. It asks before.',
	cancel: 'Cancel',
	cancelHow: 'End the work on this response on the service.',
	takeAnswer: 'Take the answer',
	takeAnswerHow: 'Put the answer that the service holds beside what this page has of it.',
	asking: 'Asking the service…',
	said: (status: string) => `The service says: ${status}.`,
	deleted: 'Deleted on the service. What is here stays.',
	adopt: 'Look up an id',

	/** Why nothing came of it. */
	refused: (status: number) => `The service answered ${status}:`,
	nothingSaid: 'It said nothing.',
	unreachable: (host: string) => `The browser could not reach ${host}.`,
	unreadable: (status: number) =>
		`The answer, with status ${status}, is none that this page can read.`,
	stopped: 'Nothing was sent: the key is gone, or this page may not send.',
	noWay: {
		'no-key': 'Nothing was sent: there is no key for where this response is kept.',
		'other-region':
			'Nothing was sent: this response is kept in another Region than the key belongs to.',
		'other-account':
			'Nothing was sent: this response belongs to another account than the key spends for.'
	},

	deleteTitle: 'Delete on the service?',
	deleteWhat: (id: string) => `The service forgets the response \`${id}\` for good.`,
	deleteFollowing: (count: number) =>
		count === 1
			? '1 response after it can then no longer be continued by its id.'
			: `${formatCount(count)} responses after it can then no longer be continued by their ids.`,
	deleteHere: 'What was said stays in this browser, and goes along in full from then on.',
	deleteConfirm: 'Delete on the service',

	itemsTitle: 'Input items',
	itemsOf: (count: number, id: string) =>
		count === 1 ? `1 item, of \`${id}\`` : `${formatCount(count)} items, of \`${id}\``,
	noItems: 'The service lists none.',

	adoptTitle: 'Look up a response',
	adoptWhat:
		'A response that something else has made, such as a program with the same key, can be shown and continued here.',
	id: 'Id of the response',
	idHint: 'resp_…',
	badId: 'There is no id in it: one begins with `resp_`.',
	place: 'Where it was made',
	placeHow: 'A response is known only on the endpoint and the path that made it.',
	lookUp: 'Look up',
	adoptConfirm: 'Show it here',
	found: (count: number) =>
		count === 1 ? 'The service knows it.' : `The service knows it, and ${count - 1} before it.`,
	knownHere: 'It is in this conversation already.',
	beforeMissing: 'Those before them could not be read.',
	withoutItems: (words: string) => `What it answers could not be read: ${words}`,
	firstWords: 'Begins with',
	noText: 'no text',
	status: 'status',
	model: 'model',

	job: 'In the background',
	jobStates: { queued: 'queued', 'in-progress': 'in progress' },
	jobWhat: 'The service goes on by itself, also while this page is closed.',
	elapsed: 'since it was sent',
	checkedAt: (time: string) => `Looked at ${time}.`,
	nextIn: (seconds: number) => `Next look in ${seconds} s.`,
	looking: 'Looking…',
	streaming: 'Its stream was taken up again.',
	noStream: 'Its stream could not be taken up again, so it is asked for now and then.',
	noEvents: 'No event of its stream came before it broke off, so it is asked for now and then.',
	failed: 'The last look brought nothing, which says nothing about the response. It goes on.',
	check: 'Look now',
	cancelJob: 'Cancel on the service',
	cancelling: 'Cancelling…',
	stopWaiting: 'Stop waiting',
	stopWaitingHow: 'It goes on on the service, and can be retrieved later in the Chain panel.',
	goOn: 'Go on with this key',
	paused: {
		elsewhere: 'Another tab of this browser looks after it. When that is closed, this one goes on.',
		'no-key':
			'The key that it was sent with is gone. Nobody looks after it until there is one again.',
		'other-key': 'The key in use is another one than it was sent with.',
		'other-region': 'The key in use belongs to another Region.',
		'other-account': 'The key in use spends for another account.'
	},

	exportTitle: 'Export this conversation',
	exportWhat: (turns: number, branches: number) =>
		`${formatCount(turns)} messages in ${branches === 1 ? 'one branch' : `${formatCount(branches)} branches`}, what was measured, and the settings that were sent. Never a key.`,
	withFiles: (size: string) => `With the attachments (${size})`,
	exportConfirm: 'Download',
	holdsSecret:
		'What was said seems to hold a key or an access key id. Whoever gets the file gets it too.',
	exportAnyway: 'Download it all the same',
	importTitle: 'Import conversations',
	importWhat: 'A file that was exported here. What is in this browser already stays as it is.',
	choose: 'Choose a file',
	imported: (added: number, skipped: number) =>
		`${added === 1 ? '1 record was' : `${formatCount(added)} records were`} added, ${formatCount(skipped)} were here already.`,
	unreadableRecords: (count: number) =>
		count === 1
			? '1 record could not be read and was left out.'
			: `${formatCount(count)} records could not be read and were left out.`,
	importSecret:
		'The file seems to hold a key or an access key id. It was not imported: take it out first.',
	importProblem: {
		'too-large': 'The file is larger than 256 MB.',
		'not-json': 'The file is no JSON.',
		'not-ours': 'The file is none that was exported here.',
		newer: 'The file was written by a newer version of this page.',
		full: 'The browser has no room for it.'
	},
	open: 'Open',

	code: 'As code',
	codeHow: 'A program that sends this branch again, turn by turn, each continuing the one before.',
	codeTitle: 'This branch as code',
	codeWhat: (turns: number) =>
		`Sends ${turns === 1 ? 'one request' : `${formatCount(turns)} requests`}, each continuing the response before it.`,
	noCode: 'A request of this branch can’t be written so: it was typed, or its settings are gone.',
	copyCode: 'Copy code'
});
