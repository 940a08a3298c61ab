import type { Fault } from './fault.ts';
import { newFault } from './new-fault.ts';

/** What goes wrong before or around the answer. */
export const transportFaults: readonly Fault[] = [
	{
		...newFault('unreachable', 'The connection fails before any answer.'),
		end: 'unreachable',
		answer: () => {
			throw new TypeError('Failed to fetch');
		}
	},
	{
		...newFault('no-cors', 'The answer lacks the CORS headers, so a browser withholds it.'),
		end: 'unreachable',
		change: (reply) => ({ ...reply, cors: false })
	},
	{
		...newFault('redirect', 'The answer points elsewhere, where no key may follow.'),
		end: 'unreachable',
		answer: () => ({ status: 302, headers: { location: 'https://login.example.com/' }, body: '' })
	},
	{
		...newFault('slow-headers', 'The headers take twenty seconds.'),
		end: 'finished',
		change: (reply) => ({ ...reply, wait: 20_000 })
	}
];
