import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isStreamed } from './client.ts';
import { javascript } from './javascript.ts';
import { answerText, bodies, failureWords } from './test-answers.ts';
import { newAnswerCases, newNastyCases, readFixtures } from './test-cases.ts';
import type { Case } from './test-cases.ts';
import { caseAt, requestFrom, sentForm, startLoopback } from './test-kit.ts';
import type { Loopback } from './test-kit.ts';
import { newOddCases, newRawCases } from './test-odd-cases.ts';
import { readBytes, removeFolder, run, secret, writeSnippets } from './test-run.ts';
import type { Ended } from './test-run.ts';

const cases = [
	...readFixtures(),
	...newNastyCases(),
	...newOddCases(),
	...newRawCases(),
	...newAnswerCases()
];
const indexes = cases.map(({ id }, index) => [id, index] as const);

// One process imports them all: each module runs to its end before the next.
const driver = `import { writeFileSync } from 'node:fs';
const ends = [];
for (let index = 0; index < ${String(cases.length)}; index++) {
  const end = { out: '' };
  process.stdout.write = (text) => ((end.out += text), true);
  await import('./' + index + '.mjs').catch((error) => (end.thrown = error.message));
  ends.push(end);
}
writeFileSync('ends.json', JSON.stringify(ends));`;

interface End {
	out: string;
	thrown?: string;
}

describe('the JavaScript snippet in Node', () => {
	let loopback: Loopback;
	let folder: string;
	let ended: Ended;
	let ends: End[];

	beforeAll(async () => {
		loopback = await startLoopback(cases);
		folder = writeSnippets(javascript, cases, loopback.requestOf, 'mjs');
		writeFileSync(join(folder, 'driver.mjs'), driver);
		ended = await run(process.execPath, ['driver.mjs'], folder);
		ends = JSON.parse(readBytes(folder, 'ends.json').toString()) as End[];
	}, 60_000);
	afterAll(() => {
		loopback.close();
		removeFolder(folder);
	});

	it('runs to its end', () => {
		expect(ended).toEqual({ code: 0, out: '', err: '' });
	});

	it.each(indexes)('sends %s as it is', (_, index) => {
		const wanted = loopback.requestOf(index);
		expect(requestFrom(loopback.arrivals.get(index), wanted)).toEqual(sentForm(wanted));
	});

	it.each(indexes)('prints the answer to %s', (_, index) => {
		expect(ends[index]).toEqual(endOf(caseAt(cases, index)));
	});

	it('ends with status 1 and the service’s words after an error', async () => {
		const index = cases.findIndex(({ answer }) => answer === 'error');
		const { code, err } = await run(process.execPath, [`${String(index)}.mjs`], folder);
		expect(code).toBe(1);
		expect(err).toContain(`429 {"message":"${failureWords}"}`);
	}, 20_000);
});

function endOf({ api, request, answer }: Case): object {
	const isStream = isStreamed(request, api);
	const says = (words: string): unknown => expect.stringContaining(words);
	if (answer === undefined) return { out: `${answerText}\n` };
	switch (answer) {
		case 'error':
			return { out: '', thrown: `429 {"message":"${failureWords}"}` };
		case 'tool-call':
			return { out: `${JSON.stringify(bodies[api](true), null, 2)}\n` };
		case 'stream-error':
			return { out: answerText, thrown: says(failureWords) };
		case 'cut':
			return { out: answerText, thrown: says('The stream was cut short') };
		case 'unknown-operation':
			return isStream
				? { out: '', thrown: says('UnknownOperationException') }
				: { out: says('UnknownOperationException') };
	}
}

describe('the text of the JavaScript snippet', () => {
	it('holds no key', () => {
		for (const { request, api } of cases) {
			expect(javascript.render(request, api).code).not.toContain(secret);
		}
	});

	it('shows text as it can be read, and escapes what cannot be seen', () => {
		const code = codeOf({
			a: 'it\'s "好" 👩‍👩‍👧',
			b: "it's",
			c: '\u2028\u202e\ufeff\ud800',
			__proto: 1
		});
		expect(code).toContain(`a: 'it\\'s "好" 👩‍👩‍👧'`);
		expect(code).toContain(`b: "it's"`);
		expect(code).toContain(`c: '\\u2028\\u202e\\ufeff\\ud800'`);
	});

	it('breaks what is longer than a line', () => {
		const code = codeOf({ list: [1, 2, { key: 'x'.repeat(80) }], 'a-b': [], none: {} });
		expect(code).toContain(`const body = {
  list: [
    1,
    2,
    {
      key: '${'x'.repeat(80)}',
    },
  ],
  'a-b': [],
  none: {},
};`);
	});
});

function codeOf(body: object): string {
	const request = { method: 'POST', url: 'https://x.test/responses', headers: {} } as const;
	return javascript.render({ ...request, body: JSON.stringify(body, null, 2) }, 'responses').code;
}
