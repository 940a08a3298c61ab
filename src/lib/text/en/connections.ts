import type { Unreachable } from '../../model/exchange.ts';
import { formatBytes, formatCount } from '../format.ts';
import { section } from '../section.ts';

/** Words of the dots in the app bar, of the popover behind them, of tests, of the relay and of the list of hosts. */
export const connections = section('connections', {
	name: 'Connections',
	said: 'Connections:',
	letters: { runtime: 'rt', mantle: 'mt', gateway: 'gw' },
	names: { runtime: 'runtime', mantle: 'mantle', gateway: 'gateway' },
	levels: { unknown: 'not tried', ok: 'works', degraded: 'degraded', blocked: 'blocked' },
	how: 'from this page, with your key',
	notTried: 'Not tried yet',
	noKey: 'No key',
	notInRegion: (region: string) => `Not in ${region}`,
	works: (time: string) => `Works, ${time}`,
	answered: (status: number, time: string) => `Answered ${status}, ${time}`,
	keyRefused: (status: number) => `Reached, key refused (${status})`,
	busy: (status: number) => `Reached, busy (${status})`,
	trouble: (status: number) => `Reached, in trouble (${status})`,
	cut: 'The answer broke off',
	unreachable: {
		offline: 'Offline',
		withheld: 'Answer withheld',
		policy: 'Blocked by this page',
		redirect: 'Redirects elsewhere',
		closed: 'Closed without an answer',
		relay: 'Not passed on',
		'no-answer': 'Unreachable'
	} satisfies Record<Unreachable, string>,
	viaRelay: 'via relay',
	justNow: 'just now',

	/** What was looked at to tell why a host was not reached, as it turned out; the last one is why. */
	steps: {
		online: 'You are online',
		offline: 'You are offline',
		inRegion: (region: string) => `${region} has this endpoint`,
		notInRegion: (region: string) => `${region} does not have this endpoint`,
		allowed: 'This page’s policy allows the host',
		notAllowed: 'This page’s policy does not list the host',
		relay: 'The relay did not answer, or refused',
		up: 'The host is up',
		down: 'No answer, even without reading it: DNS, VPN or a blocker',
		redirect: 'It redirects elsewhere, which is not followed',
		closed: 'The connection closed before an answer',
		withheld: 'The browser withheld the answer: no CORS, or a refused key without CORS headers',
		corsNotReached: 'CORS not reached'
	},

	test: 'Test',
	testOf: (name: string) => `Test ${name}`,
	testWithModel: 'With a model…',
	testWithModelOf: (name: string) => `Test ${name} with a model…`,
	asksFirst: (model: string, tokens: number) =>
		`Sends “Hi” to \`${model}\` for at most ${tokens} tokens of answer. This is billed to your account.`,
	sendTest: 'Send the test',
	free: 'Test is free: it asks for a list, or for a model that does not exist.',
	testing: 'Testing …',
	/** What a test of the connection came to. */
	tests: {
		answered: (host: string, status: number, time: string) =>
			`${host} answered ${status} in ${time}`,
		works: 'The connection and the key work.',
		key: 'The connection works; the key was refused or lacks a permission.',
		reached:
			'The connection works. What the service did not take of the test says nothing against it.',
		trouble: 'The connection works; what answered is busy or not in order.',
		foreign: 'Something in between answered in its place, such as a proxy or a log-in page.',
		otherRegion:
			'The key in use belongs to another Region than this host, so it was not sent there.',
		late: 'No answer came in 15 s.'
	},
	testConnection: 'Test connection',

	relay: {
		none: 'No relay on this page.',
		noneWhy: 'Started with `npm start`, the page can pass requests through its own origin.',
		unknown: 'A relay on this page’s own origin',
		unknownWhy: 'can pass requests on, where it has one and this browser can’t reach a host.',
		look: 'Look for a relay',
		looking: 'Looking …',
		here: 'Use the relay',
		hereWhy: (origin: string) =>
			`In this tab, requests to Bedrock and the key go to \`${origin}\`, which passes them on unread.`,
		chip: 'via relay',
		chipWhy: (origin: string) => `Requests go through ${origin}`,
		stop: 'Stop using the relay'
	},

	hostsContacted: (count: number) => `Hosts contacted: ${formatCount(count)}`,
	network: {
		title: 'Hosts contacted',
		since:
			'Since this page was loaded. Bytes are those of bodies; the page’s own files are not counted.',
		none: 'None yet: nothing has left this page.',
		host: 'Host',
		requests: 'Requests',
		sent: 'Sent',
		received: 'Received',
		last: 'Last',
		bytes: (bytes: number) => formatBytes(bytes),
		allowed: (count: number) => `The page’s policy allows ${count} sources and no other host`,
		noPolicy: 'This copy of the page states no policy.'
	}
});
