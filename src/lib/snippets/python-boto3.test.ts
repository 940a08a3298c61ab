import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { python } from './python.ts';
import { answerText, failureWords } from './test-answers.ts';
import { newAnswerCases, newNastyCases, readFixtures } from './test-cases.ts';
import { caseAt, startLoopback } from './test-kit.ts';
import type { Loopback } from './test-kit.ts';
import { newOddCases } from './test-odd-cases.ts';
import { endAt, runAll, succeeds } from './test-python.ts';
import type { End } from './test-python.ts';
import { secret } from './test-run.ts';

// Where boto3 is installed it is asked itself; the stand-in of python.test.ts runs everywhere.
describe.skipIf(!succeeds('import boto3'))('the Python snippet with the real boto3', () => {
	const cases = [
		...readFixtures(),
		...newNastyCases(),
		...newOddCases(),
		...newAnswerCases()
	].filter(
		({ request, api, answer }) =>
			api === 'converse' &&
			(answer === undefined || answer === 'stream-error') &&
			python.render(request, api).install !== undefined
	);
	const indexes = cases.map(({ id }, index) => [id, index] as const);
	let loopback: Loopback;
	let ends: End[];

	beforeAll(async () => {
		loopback = await startLoopback(cases);
		ends = await runAll(cases, loopback.requestOf, {});
	}, 60_000);
	afterAll(() => loopback.close());

	it.each(indexes)('sends the value of %s', (_, index) => {
		const wanted = loopback.requestOf(index);
		const arrival = loopback.arrivals.get(index);
		expect(arrival?.headers.authorization).toBe(`Bearer ${secret}`);
		const place = /^(.*\/model\/)(.+)(\/converse(-stream)?)$/;
		const [, before, model = '', after] = place.exec(new URL(wanted.url).pathname) ?? [];
		expect(arrival?.path).toBe(
			`${before ?? ''}${encodeURIComponent(decodeURIComponent(model))}${after ?? ''}`
		);
		expect(JSON.parse(arrival?.body.toString() ?? '')).toEqual(JSON.parse(wanted.body ?? ''));
	});

	it.each(indexes)('prints the answer to %s', (_, index) => {
		const { out, thrown } = endAt(ends, index);
		if (caseAt(cases, index).answer === undefined) {
			expect({ out, thrown }).toEqual({ out: `${answerText}\n`, thrown: undefined });
		} else {
			expect(out).toBe(answerText);
			expect(thrown).toContain(failureWords);
		}
	});
});
