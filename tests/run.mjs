// What `npm test` runs, and the sum at the end. The browser waits most of the time, so what takes none runs beside it; each
// of those steps' output is printed in one piece when it ends.
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

/** Runs a script of package.json; with `kept`, its output is printed in one piece at its end. Gives whether it succeeded. */
function runScript(script, { kept }) {
	return new Promise((resolve) => {
		const child = spawn('npm', ['run', '-s', script], { stdio: ['inherit', 'pipe', 'pipe'] });
		let output = `\n> npm run -s ${script}\n`;
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (text) => {
				if (kept) output += text;
				else process.stdout.write(text);
			});
		}
		child.on('close', (status) => {
			if (kept) process.stdout.write(output);
			resolve(status === 0);
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

/** What needs the built page, one after the other. @type {Step[]} */
const withPage = [
	['build', () => runScript('build', { kept: true })],
	[
		'end-to-end tests',
		() => runScript('test:e2e', { kept: false }),
		() =>
			count('e2e.json', ({ stats }) => ({
				passed: stats.expected,
				failed: stats.unexpected + stats.flaky
			}))
	]
];

/** What needs no page, one after the other. @type {Step[]} */
const withoutPage = [
	['types', () => runScript('check', { kept: true })],
	['lint', () => runScript('lint', { kept: true })],
	['format', () => runScript('format:check', { kept: true })],
	[
		'unit tests',
		() => runScript('test:unit', { kept: true }),
		() =>
			count('unit.json', ({ numPassedTests, numFailedTests, numFailedTestSuites }) => ({
				passed: numPassedTests,
				failed: numFailedTests || numFailedTestSuites
			}))
	]
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

/** Takes steps one after the other; with `stop`, none after one that failed. */
async function takeAll(steps, stop = false) {
	for (const step of steps) {
		if (!(await take(step)) && stop) return false;
	}
	return true;
}

async function main() {
	if (!(await takeAll(installations, true))) return;
	await Promise.all([takeAll(withPage, true), takeAll(withoutPage)]);
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
await main();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
