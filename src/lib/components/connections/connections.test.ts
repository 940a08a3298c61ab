import { describe, expect, it } from 'vitest';
import type { Unreachable } from '../../model/exchange.ts';
import type { Connection } from '../../state/connections.svelte.ts';
import type { Finding } from '../../http/network.ts';
import { sayPath, saySighting, sayWhen } from './say-sighting.ts';
import { stepsTo } from './steps.ts';

function newConnection(finding?: Finding, change: Partial<Connection> = {}): Connection {
	return {
		...{ endpoint: 'runtime', base: 'https://host', host: 'host', key: 'k1', isInRegion: true },
		level: 'ok',
		sighting: finding && {
			...{ finding, method: 'POST', url: 'https://host/model/m/converse', at: 0, ms: 212 },
			isRelayed: false
		},
		...change
	};
}

describe('what was last seen of a host, in words', () => {
	it.each<[Finding | undefined, Partial<Connection>, string]>([
		[{ status: 200, isCut: false }, {}, 'Works, 212 ms'],
		[{ status: 400, isCut: false }, {}, 'Answered 400, 212 ms'],
		[{ status: 401, isCut: false }, {}, 'Reached, key refused (401)'],
		[{ status: 403, isCut: false }, {}, 'Reached, key refused (403)'],
		[{ status: 429, isCut: false }, {}, 'Reached, busy (429)'],
		[{ status: 503, isCut: false }, {}, 'Reached, in trouble (503)'],
		[{ status: 200, isCut: true }, {}, 'The answer broke off'],
		[{ unreachable: 'no-answer' }, {}, 'Unreachable'],
		[{ unreachable: 'withheld' }, {}, 'Answer withheld'],
		[undefined, {}, 'Not tried yet'],
		[undefined, { key: undefined }, 'No key'],
		[undefined, { isInRegion: false }, 'Not in us-west-2']
	])('%o %o: %s', (finding, change, words) => {
		expect(saySighting(newConnection(finding, change), 'us-west-2')).toBe(words);
	});

	it('names the path without the model', () => {
		expect(sayPath('https://host/model/arn%3Aaws%2Fx/converse-stream')).toBe(
			'/model/…/converse-stream'
		);
		expect(sayPath('https://host/openai/v1/responses')).toBe('/openai/v1/responses');
	});

	it('says the time of day once it is half a minute ago', () => {
		expect(sayWhen(1000, 30_999)).toBe('just now');
		expect(sayWhen(1000, 31_000)).toMatch(/^\d\d:\d\d$/);
	});
});

describe('the steps to the cause of a failure', () => {
	const causes: Unreachable[] = [
		...(['offline', 'withheld', 'policy', 'redirect', 'closed', 'relay', 'no-answer'] as const)
	];
	it.each(causes)('name one fault, and none after it is in order: %s', (cause) => {
		const steps = stepsTo(cause, { region: 'us-west-2', isInRegion: true });
		const states = steps.map(({ state }) => state).join(' ');
		expect(states).toMatch(/^(ok )*bad( off)?$/);
	});

	it.each<[Unreachable, string[]]>([
		[
			'no-answer',
			[
				'You are online',
				'us-west-2 has this endpoint',
				'No answer, even without reading it: DNS, VPN or a blocker',
				'CORS not reached'
			]
		],
		['offline', ['You are offline', 'CORS not reached']]
	])('are told as the mock tells them: %s', (cause, labels) => {
		const steps = stepsTo(cause, { region: 'us-west-2', isInRegion: true });
		expect(steps.map(({ label }) => label)).toEqual(labels);
	});

	it('say where the Region lacks the endpoint, and of a gateway nothing of Regions', () => {
		const [, lacking] = stepsTo('policy', { region: 'us-west-1', isInRegion: false });
		expect(lacking).toEqual({ state: 'bad', label: 'us-west-1 does not have this endpoint' });
		const steps = stepsTo('no-answer', { region: undefined, isInRegion: true });
		expect(steps.map(({ label }) => label).join()).not.toContain('endpoint');
	});
});
