// `npm run bench`: what the built page costs in a real Chromium, beside a bare page that shows the same, and beside
// another build where one is named. Rounds are interleaved: only ratios within one run mean anything.
//
//   npm run bench -- --against DIR        another build to stand beside; may be given several times
//   npm run bench -- --only streaming,link --rounds 1 --cases chat
//
// It fails when a page did not show the whole answer, never by a time. Tables on the screen, all figures in
// test-results/bench.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { answerOf } from './answers.mjs';
import { startBrowser } from './browser.mjs';
import { visit } from './first-visit.mjs';
import { openLink } from './link.mjs';
import { newBarePage, newBuiltPage } from './pages.mjs';
import { report } from './report.mjs';
import { measureStored } from './stored.mjs';
import { stopIn, streamInto } from './streaming.mjs';
import { typeUnderPrompt } from './typing.mjs';

const { values: options } = parseArgs({
	options: {
		build: { type: 'string', default: 'build' },
		against: { type: 'string', multiple: true, default: [] },
		only: { type: 'string' },
		cases: { type: 'string', default: '' },
		rounds: { type: 'string', default: '3' }
	}
});
const rounds = Number(options.rounds);
const results = join(import.meta.dirname, '../../test-results');
const apis = ['chat', 'responses', 'converse'];
const long = ['chars10000000', 'list50000', 'links15000'];

const bare = await newBarePage();
const built = [await newBuiltPage('build', resolve(options.build))];
for (const [i, root] of options.against.entries()) {
	built.push(await newBuiltPage(i === 0 ? 'against' : `against ${i + 1}`, resolve(root)));
}
const browser = await startBrowser();
const runs = [];
const machine = {
	when: new Date().toISOString(),
	cpu: `${cpus().length} × ${cpus()[0].model.trim()}`,
	memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
	node: process.version,
	chromium: browser.version
};

/** Whether a case is asked for: all are, unless `--cases` names words of those that are. */
function wants(name) {
	const words = options.cases.split(',').filter(Boolean);
	return words.length === 0 || words.some((word) => name.includes(word));
}

/** Measures once, whatever happens, and keeps what it came to. */
async function record(what, measure) {
	const result = await measure().catch((error) => ({
		valid: false,
		problem: String(error.message).split('\n')[0],
		figures: {}
	}));
	const run = { ...what, load: loadavg()[0], ...result };
	runs.push(run);
	const rounded = (_, value) => (typeof value === 'number' ? Math.round(value * 10) / 10 : value);
	console.error(JSON.stringify(run, rounded));
	mkdirSync(results, { recursive: true });
	writeFileSync(join(results, 'bench.json'), JSON.stringify({ machine, runs }, null, '\t'));
}

/** Measures each case on each page, round by round. */
async function measureCases(part, cases, pages, measure) {
	for (let round = 0; round < rounds; round += 1) {
		// Who comes first in a round finds a browser that has just closed another page: each is first in turn.
		const inTurn = round % 2 === 0 ? pages : pages.toReversed();
		for (const one of cases.filter(({ name }) => wants(name))) {
			for (const page of inTurn) {
				await record({ part, case: one.name, page: page.name, round }, () => measure(page, one));
			}
		}
	}
}

const stream = (page, one) => streamInto(browser, page, one);
const lengthOf = (name) => answerOf(name).deltas.length;
const caseOf = (api, name) => ({ name: `${api} ${name}`, api, model: `bench-${name}` });

/** The parts by the names that `--only` takes. */
const parts = {
	streaming: () => {
		const answers = ['20-max', '2000-max', '10000-max', '2000-200'];
		const cases = answers.flatMap((name) => apis.map((api) => caseOf(api, name)));
		return measureCases('streaming', cases, [bare, ...built], stream);
	},
	typing: () => {
		const cases = [{ ...caseOf('chat', '2000-200'), typing: true }];
		return measureCases('typing', cases, [bare, ...built], stream);
	},
	visit: () =>
		measureCases('first visit', [{ name: 'CPU 4 × slower' }], built, (page) =>
			visit(browser, page)
		),
	stored: () => measureStored(browser, built, { rounds, record, wants }),
	prompt: () =>
		measureCases('prompt', [{ name: '1 MB' }], [bare, ...built], (page) =>
			typeUnderPrompt(browser, page)
		),
	long: async () => {
		const cases = long.map((name) => ({
			name,
			model: `bench-${name}-max`,
			typing: true,
			far: true
		}));
		await measureCases('long', cases, [bare, ...built], stream);
		await measureCases('long stopped', cases, built, (page, { name }) =>
			// Over about ten seconds, so that there is something to stop.
			stopIn(browser, page, { model: `bench-${name}-${Math.ceil(lengthOf(name) / 10)}` })
		);
	},
	link: () =>
		measureCases('link', [{ name: '4,000 messages' }], built, (page) => openLink(browser, page))
};

const chosen = options.only?.split(',') ?? Object.keys(parts);
for (const name of chosen) {
	if (!(name in parts)) throw new Error(`No part named ${name}: there are ${Object.keys(parts)}`);
}
for (const name of chosen) await parts[name]();
await browser.close();
for (const page of [bare, ...built]) await page.server.close();

console.log(
	`${Object.values(machine).join(', ')}, ${rounds} interleaved rounds; medians, times in ms`
);
console.log(
	report(
		runs,
		built.map(({ name }) => name)
	)
);
// What stands beside the build may be an older one that no longer can.
const broken = runs.filter(({ valid, page }) => !valid && !page.startsWith('against'));
for (const { part, case: one, page, problem } of broken) {
	console.log(`\nFAILED: ${part}, ${one}, ${page}: ${problem}`);
}
process.exit(broken.length === 0 ? 0 : 1);
