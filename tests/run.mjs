// What `npm test` runs, step by step, and the sum at the end.
import { spawnSync } from 'node:child_process';
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

const steps = [
	['packages', installPackages],
	['programs', installPrograms],
	['format', () => run('npm', 'run', '-s', 'format:check')],
	['types', () => run('npm', 'run', '-s', 'check')],
	['lint', () => run('npm', 'run', '-s', 'lint')],
	[
		'unit tests',
		() => run('npm', 'run', '-s', 'test:unit'),
		() =>
			count('unit.json', ({ numPassedTests, numFailedTests, numFailedTestSuites }) => ({
				passed: numPassedTests,
				failed: numFailedTests || numFailedTestSuites
			}))
	],
	['build', () => run('npm', 'run', '-s', 'build')],
	[
		'end-to-end tests',
		() => run('npm', 'run', '-s', 'test:e2e'),
		() =>
			count('e2e.json', ({ stats }) => ({
				passed: stats.expected,
				failed: stats.unexpected + stats.flaky
			}))
	]
];

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
let passed = 0;
let failed = 0;
for (const [name, step, sum] of steps) {
	const start = performance.now();
	const succeeded = step();
	const counted = sum?.() ?? { passed: Number(succeeded), failed: Number(!succeeded) };
	passed += counted.passed;
	// A runner that fails without a failed test, as on an unhandled error, has failed all the same.
	failed += counted.failed || Number(!succeeded);
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	console.log(`${succeeded ? 'ok' : 'FAILED'}: ${name}, ${seconds} s`);
	if (!succeeded && (name === 'packages' || name === 'programs')) break;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
