import { describe, expect, it } from 'vitest';
import { explainOutcome } from '../../errors/index.ts';
import type { Outcome } from '../../model/run.ts';
import type { ConnectionTest } from '../../state/connection-test.ts';
import ErrorCard from './ErrorCard.svelte';
import { sayTest } from '../connections/say-test.ts';
import { draw, newRun } from './test-render.ts';

const draft = { model: 'm', messages: [], params: {} };

/** The buttons of the card's fixes, the filled one with a star. */
function fixesOf(outcome: Outcome, can = () => true): string[] {
	const run = newRun({ outcome });
	const explanation = explainOutcome(outcome, { draft, url: run.request.url, profiles: [] });
	const html = draw(ErrorCard, {
		...{ run, explanation, isActive: true, canRun: can },
		...{ curl: () => '', oncommand: () => undefined, onchange: () => undefined }
	});
	const place = /<div class="fixes">(.*?)<dl/s.exec(html)?.[1] ?? '';
	return [...place.matchAll(/<button[^>]*class="([^"]*)"[^>]*>(.*?)<\/button>/gs)].map(
		([, kind = '', inside = '']) => {
			// A copy button holds both of its words, one of them hidden.
			const [words = ''] = inside
				.replace(/<svg.*?<\/svg>/gs, '')
				.split(/<[^>]*>/)
				.map((one) => one.trim())
				.filter((one) => one !== '');
			return `${kind.split(' ').includes('filled') ? '*' : ''}${words}`;
		}
	);
}

const unreachable = (cause: 'withheld' | 'no-answer' | 'offline' | 'closed'): Outcome => ({
	...{ end: 'unreachable', host: 'bedrock-runtime.us-west-2.amazonaws.com' },
	cause
});
const failed = (status: number, message: string, code?: string): Outcome => ({
	end: 'http-error',
	error: { status, message, raw: message, ...(code !== undefined && { code }) }
});

describe('ErrorCard', () => {
	it.each<[Outcome, string[]]>([
		[
			unreachable('withheld'),
			[
				...['*Check with cURL', 'Use the relay and try again'],
				...['Test the connection', 'Replace the key', 'Try again']
			]
		],
		[
			unreachable('no-answer'),
			[
				...['*Test the connection', 'Use the relay and try again'],
				...['Check with cURL', 'Change the Region', 'Try again']
			]
		],
		[unreachable('closed'), ['Try again', 'Check with cURL', 'Test the connection']],
		[unreachable('offline'), ['*Try again']]
	])('offers what can help, and fills one at most: %o', (outcome, fixes) => {
		expect(fixesOf(outcome)).toEqual(fixes);
	});

	it.each<[Outcome, boolean]>([
		[failed(429, 'Too many requests, please wait before trying again.'), true],
		[failed(503, 'Service unavailable'), true],
		[failed(403, 'The security token included in the request is expired'), false],
		[failed(400, 'Something that nobody has told of before'), false]
	])('fills Try again only where trying again can help: %o', (outcome, isFilled) => {
		expect(fixesOf(outcome).includes('*Try again')).toBe(isFilled);
	});

	it('offers no command that the page cannot do', () => {
		expect(fixesOf(unreachable('no-answer'), () => false)).toEqual([]);
	});

	it('says in one sentence what CORS is', () => {
		const run = newRun({ outcome: unreachable('withheld') });
		const explanation = explainOutcome(unreachable('withheld'), {
			...{ draft, url: run.request.url, profiles: [] }
		});
		const html = draw(ErrorCard, {
			...{ run, explanation, isActive: true, canRun: () => true },
			...{ oncommand: () => undefined, onchange: () => undefined }
		});
		expect(html).toContain('CORS is the rule that');
	});
});

describe('sayTest', () => {
	it.each<[ConnectionTest | 'running', RegExp]>([
		['running', /^Testing/],
		[{ status: 200, ms: 312, verdict: 'works' }, /^host answered 200 in 312 ms\. .*key work\.$/],
		[{ status: 403, ms: 312, verdict: 'key' }, /key was refused or lacks a permission/],
		[{ status: 502, ms: 312, verdict: 'trouble' }, /not in order/],
		[{ status: 404, ms: 312, verdict: 'reached' }, /says nothing against it/],
		[{ status: 200, ms: 312, verdict: 'foreign' }, /in between/],
		[{ unreachable: 'withheld' }, /withheld/],
		['other-region', /another Region/],
		['late', /15 s/]
	])('says %j', (test, words) => {
		expect(sayTest(test, 'host')).toMatch(words);
	});
});
