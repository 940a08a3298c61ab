import type { ResponseState } from '../../model/response-state.ts';
import { formatBytes as formatSize, formatCount } from '../format.ts';
import { section } from '../section.ts';

function countOf(count: number, word: string): string {
	return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** A size whose unit stays on its line. */
function formatBytes(bytes: number): string {
	return formatSize(bytes).replace(' ', '\u00a0');
}

/** The tree of stored responses, and what the model will see. */
export const chain = section('chain', {
	counts: (responses: number, branches: number) =>
		`${countOf(responses, 'response')} · ${formatCount(branches)} ${branches === 1 ? 'branch' : 'branches'}`,
	empty: 'No stored responses',
	emptyHow: 'Send with `store` on, then continue from any node.',
	tree: 'Response chain',
	states: {
		completed: 'Stored',
		incomplete: 'Incomplete',
		failed: 'Failed',
		cancelled: 'Cancelled',
		queued: 'Queued',
		'in-progress': 'In progress',
		unseen: 'Cut off',
		'not-stored': 'Not stored',
		deleted: 'Deleted',
		expired: 'Expired',
		unknown: 'Unknown'
	} satisfies Record<ResponseState, string>,
	/** What a state means, for who asks. */
	meanings: {
		completed: 'The service keeps it for 30 days, and it can be continued.',
		incomplete: 'It ended before its time, so it is not continued.',
		failed: 'It failed, so it is not continued.',
		cancelled: 'It was cancelled, so it is not continued.',
		queued: 'The service has not begun it yet.',
		'in-progress': 'The service is still at it.',
		unseen: 'Its end was not seen here, so it is not continued.',
		'not-stored': 'It was sent with `store: false`: the service keeps nothing of it.',
		deleted: 'It was deleted at the service.',
		expired: 'The service keeps responses for 30 days, and it is older.',
		unknown: 'The service does not know it, or one that it goes on from, any more.'
	} satisfies Record<ResponseState, string>,
	elsewhere: {
		demo: 'Simulated',
		'no-demo': 'Not simulated',
		key: 'Other key',
		account: 'Other account',
		region: 'Other Region',
		address: 'Other endpoint'
	},
	here: 'Here',
	draft: 'draft, not sent',
	results: (count: number) => countOf(count, 'tool result'),
	running: 'The run that goes on',
	noText: 'No text',
	calls: (names: string) => `Calls ${names}`,
	sentInFull: 'history sent',
	sentInFullHow: 'It continued no response: all messages before it went along.',

	actions: (id: string) => `Actions for resp_…${id}`,
	continueHere: 'Continue from here',
	continueHow: 'The next message continues this response.',
	continueInFull: 'Continue with the history',
	continueInFullHow:
		'The service cannot continue this response: the next message goes with all that was said, tool calls and encrypted reasoning included.',
	fork: 'Fork',
	forkHow: 'The next message begins a branch here; what follows stays in its own.',
	openRun: 'Open run',
	copyId: 'Copy id',

	facts: 'What is known of it',
	id: 'id',
	parent: 'previous_response_id',
	noParent: 'none: the messages were sent',
	model: 'model',
	endpoint: 'endpoint',
	base: 'base',
	region: 'Region',
	key: 'key',
	accountAndKey: (account: string, lastFour: string) => `account ${account}, key …${lastFour}`,
	keyOnly: (lastFour: string) => `…${lastFour}`,
	noKey: 'none: simulated',
	unknownKey: 'not known',
	time: 'time',
	sent: 'sent',
	received: 'received',
	state: 'state',
	items: (count: number, bytes: number) => `${countOf(count, 'item')}, ${formatBytes(bytes)}`,
	bytes: (bytes: number) => formatBytes(bytes),

	see: 'What the model will see',
	how: 'How to continue',
	chain: 'Chain',
	resend: 'Resend',
	sentNow: 'Sent now',
	remembered: 'Remembered by the service',
	nowItems: (count: number) => countOf(count, 'item'),
	plus: 'plus',
	turns: (count: number) => `${countOf(count, 'turn')}, from our local record`,
	nothing: 'nothing',
	nothingSaid: 'Nothing is written yet.',
	wouldResend: (bytes: number) => `Resending would send ${formatBytes(bytes)}.`,
	wouldChain: (bytes: number) => `Chaining would send ${formatBytes(bytes)}.`,
	last: 'Last turn',
	tokens: (input: number, cached: number | undefined) =>
		`${formatCount(input)} input tokens${cached === undefined ? '' : `, ${formatCount(cached)} of them cached`}`,
	unreported: 'usage not reported',
	lastWays: (chained: string, resent: string) => `chained ${chained}; resent ${resent}`,
	counting: 'Counting what chaining has saved…',
	saved: (requests: number, sent: number, resent: number) =>
		`Chaining sent ${formatBytes(sent)} in ${countOf(requests, 'request')}; resending would have sent ${formatBytes(resent)}: ${formatBytes(resent - sent)} less.`,
	savedTokens: (input: number, cached: number | undefined, unreported: number) =>
		`The model read ${formatCount(input)} input tokens in them${cached === undefined ? '' : `, ${formatCount(cached)} of them cached`}: what is remembered is read and counted like what is sent.${unreported === 0 ? '' : ` ${countOf(unreported, 'answer')} reported no usage.`}`,
	savedUnknown: 'The service reported no usage for them.',
	uncounted: (count: number) =>
		`${countOf(count, 'request')} of them ${count === 1 ? 'is' : 'are'} not counted: the body was typed, or its settings are gone.`,

	branches: 'Compare branches',
	left: 'Left branch',
	right: 'Right branch',
	branch: (number: number, words: string) => `${number} · ${words}`,
	common: (count: number) =>
		count === 0
			? 'They have no turn in common.'
			: `They begin with the same ${countOf(count, 'turn')}.`,
	same: 'Both branches are the same.',
	absent: 'Nothing here',
	tooDifferent: 'Too long or too different to compare word for word.',
	close: 'Close'
});
