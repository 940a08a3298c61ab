// What `npm test` runs, and the sum at the end. What takes no browser runs two at a time, and each step's output is
// printed in one piece when it ends.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath } from './chromium.mjs';

const root = join(import.meta.dirname, '..');
const results = join(root, 'test-results');
process.chdir(root);

/** Runs a command with its output on the screen. Gives whether it succeeded. */
function run(command, ...args) {
	console.log(`\n> ${[command, ...args].join(' ')}`);
	return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

/** Whether a program can be called by its name. */
function has(program) {
	return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** Installs the packages, unless they are those of the lock file already. */
function installPackages() {
	const marker = 'node_modules/.package-lock.json';
	const isFresh =
		existsSync(marker) && statSync(marker).mtimeMs >= statSync('package-lock.json').mtimeMs;
	return isFresh || run('npm', 'ci');
}

/** Installs the browser, and what the tests of the snippets run. */
function installPrograms() {
	const missing = ['curl', 'python3'].filter((program) => !has(program));
	const needsBrowser = chromiumPath() === undefined;
	if (missing.length === 0 && !needsBrowser) return true;
	if (has('apt-get')) {
		const [apt, ...args] = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', 'apt-get'];
		const install = (...packages) => run(apt, ...args, 'install', '-y', '-qq', ...packages);
		return (
			run(apt, ...args, 'update', '-qq') &&
			(missing.length === 0 || install(...missing)) &&
			(!needsBrowser ||
				install('chromium-headless-shell', 'fonts-noto-cjk') ||
				install('chromium', 'fonts-noto-cjk'))
		);
	}
	return !needsBrowser || run('npx', 'playwright', 'install', 'chromium');
}

/** Adds up what a test runner reported, or counts the step as one failure where it reported nothing. */
function count(file, read) {
	const path = join(results, file);
	if (!existsSync(path)) return { passed: 0, failed: 1 };
	return read(JSON.parse(readFileSync(path, 'utf8')));
}

/** How the bundler names what it warns of, as `[CIRCULAR_CHUNK]`. */
const bundlerWarning = /\[[A-Z]+(?:_[A-Z]+)+\]/;

/**
 * Runs a script of package.json with its output kept until it ends. Gives whether it succeeded, and said nothing that
 * `unwanted` finds.
 */
function runKept(script, unwanted) {
	return new Promise((resolve) => {
		const child = spawn('npm', ['run', '-s', script]);
		let output = `\n> npm run -s ${script}\n`;
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (text) => (output += text));
		}
		child.on('close', (status) => {
			process.stdout.write(output);
			resolve(status === 0 && unwanted?.test(output) !== true);
		});
	});
}

/** @typedef {[name: string, step: () => boolean | Promise<boolean>, sum?: () => { passed: number; failed: number }]} Step */

/** What the steps after them cannot do without. @type {Step[]} */
const installations = [
	['packages', installPackages],
	['programs', installPrograms],
	// Several steps below write these files and would be in each other's way.
	['generated files', () => run('npx', 'svelte-kit', 'sync')]
];

/** The longest first. @type {Step[]} */
const checks = [
	[
		'unit tests',
		() => runKept('test:unit'),
		() =>
			count('unit.json', ({ numPassedTests, numFailedTests, numFailedTestSuites }) => ({
				passed: numPassedTests,
				failed: numFailedTests || numFailedTestSuites
			}))
	],
	// Whoever installs the page sees what its build says: it is to warn of nothing.
	['build', () => runKept('build', bundlerWarning)],
	['types', () => runKept('check:types')],
	['lint', () => runKept('lint')],
	['format', () => runKept('format:check')]
];

/** @type {Step} */
const inBrowser = [
	'end-to-end tests',
	() => run('npm', 'run', '-s', 'test:e2e'),
	() =>
		count('e2e.json', ({ stats }) => ({
			passed: stats.expected,
			failed: stats.unexpected + stats.flaky
		}))
];

let passed = 0;
let failed = 0;

/** Does a step, adds up what it reports and says how it went. */
async function take([name, step, sum]) {
	const start = performance.now();
	const succeeded = await step();
	const counted = sum?.() ?? { passed: Number(succeeded), failed: Number(!succeeded) };
	passed += counted.passed;
	// A runner that fails without a failed test, as on an unhandled error, has failed all the same.
	failed += counted.failed || Number(!succeeded);
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	console.log(`${succeeded ? 'ok' : 'FAILED'}: ${name}, ${seconds} s`);
	return succeeded;
}

/** Takes steps from a shared queue until it is empty. */
async function takeAll(queue) {
	for (let step = queue.shift(); step !== undefined; step = queue.shift()) await take(step);
}

async function main() {
	for (const step of installations) {
		if (!(await take(step))) return;
	}
	const queue = [...checks];
	await Promise.all([takeAll(queue), takeAll(queue)]);
	await take(inBrowser);
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
await main();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
