import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { curl } from './curl.ts';
import { answerFor } from './test-answers.ts';
import { newAnswerCases, newNastyCases, readFixtures } from './test-cases.ts';
import { isBinary, requestFrom, sentForm, startLoopback } from './test-kit.ts';
import type { Loopback } from './test-kit.ts';
import { newOddCases, newRawCases } from './test-odd-cases.ts';
import { readBytes, removeFolder, run, secret, writeSnippets } from './test-run.ts';
import type { Ended } from './test-run.ts';

const cases = [
	...readFixtures(),
	...newNastyCases(),
	...newOddCases(),
	// No argument of a process holds NUL, nor does a JSON text; brackets in an address have a test of their own.
	...newRawCases().filter(({ id }) => id !== 'NUL' && id !== 'an address with a query'),
	...newAnswerCases()
];

// Eight at a time.
const driver = `n=0
for file in *.sh; do
  name=\${file%.sh}
  mkdir "$name"
  (cd "$name" && "$0" "../$file" >out 2>err; echo $? >code) &
  n=$((n + 1))
  [ $((n % 8)) -ne 0 ] || wait
done
wait`;

const hasCurl = spawnSync('curl', ['--version']).status === 0;
// sh is often one of the others by another name.
const shells = new Map(
	['zsh', 'bash', 'dash', 'sh'].flatMap((name) => {
		const { stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
		return stdout === '' ? [] : [[realpathSync(stdout.trim()), name] as const];
	})
);

describe.skipIf(!hasCurl).each([...shells.values()])('the cURL snippet in %s', (shell) => {
	let loopback: Loopback;
	let folder: string;
	let ended: Ended;

	beforeAll(async () => {
		loopback = await startLoopback(cases);
		folder = writeSnippets(curl, cases, loopback.requestOf, 'sh');
		ended = await run('sh', ['-c', driver, shell], folder);
	}, 60_000);
	afterAll(() => {
		loopback.close();
		removeFolder(folder);
	});

	it('runs to its end', () => {
		expect(ended).toEqual({ code: 0, out: '', err: '' });
	});

	it.each(cases.map(({ id }, index) => [id, index] as const))('sends %s as it is', (_, index) => {
		const wanted = loopback.requestOf(index);
		expect(requestFrom(loopback.arrivals.get(index), wanted)).toEqual(sentForm(wanted));
	});

	it.each(cases.map((one, index) => [one.id, index, one] as const))(
		'shows the answer to %s',
		(_, index, one) => {
			const name = String(index);
			const { status, bytes } = answerFor(one);
			const file = isBinary(one) ? 'converse-stream.bin' : 'out';
			expect(readBytes(folder, `${name}/${file}`).equals(bytes)).toBe(true);
			expect(readBytes(folder, `${name}/code`).toString()).toBe(status === 200 ? '0\n' : '22\n');
			expect(existsSync(join(folder, name, 'pwned'))).toBe(false);
		}
	);
});

describe('the text of the cURL snippet', () => {
	it('holds no key and says where to set it', () => {
		for (const { request, api } of cases) {
			const { code } = curl.render(request, api);
			expect(code).not.toContain(secret);
			const isGateway = request.url.startsWith('https://gateway.example.com/');
			const name = isGateway ? 'OPENAI_API_KEY' : 'AWS_BEARER_TOKEN_BEDROCK';
			expect(code.startsWith(`# Set the key first: export ${name}=your-key\n`)).toBe(true);
			expect(code).toContain(`"Authorization: Bearer $${name}"`);
		}
	});

	it('has comments that an interactive zsh survives', () => {
		for (const { request, api } of cases) {
			const comments = curl.render(request, api).code.match(/^(#.*\n)+/)?.[0] ?? '';
			expect(comments).not.toMatch(/['"`()[\]{}<>|&;*?!$\\~]/);
		}
	});

	it('keeps sets and ranges in an address as they are', async () => {
		const loopback = await startLoopback(cases);
		const { url, ...rest } = loopback.requestOf(0);
		const request = { ...rest, url: `${url}?a=[1-3]&b={x,y}`, headers: { 'X-Empty': '' } };
		const { code } = curl.render(request, 'converse');
		const folder = writeSnippets(curl, [], () => request, 'sh');
		writeFileSync(join(folder, 'one.sh'), code);
		await run('sh', ['one.sh'], folder);
		loopback.close();
		removeFolder(folder);
		const arrival = loopback.arrivals.get(0);
		expect(arrival?.path).toMatch(/\?a=\[1-3\]&b=\{x,y\}$/);
		expect(arrival?.headers['x-empty']).toBe('');
	}, 20_000);
});
