// Prints what a first visit loads before it can be used, and fails above the budget.
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const budget = 80_000;
/** Of what the page links itself: with the styles of all that is loaded later it would be 22 kB. */
const stylesBudget = 9000;

/** Every module that `path` loads without being asked to: its static imports and theirs. */
function collect(path, found) {
	if (found.has(path)) return;
	const code = readFileSync(path, 'utf8');
	found.set(path, gzipSync(code, { level: 9 }).length);
	// Static imports of a minified module: import"x", import{…}from"x", export…from"x".
	for (const [, specifier] of code.matchAll(/(?:\bimport|\bfrom)\s*["'](\.[^"']+)["']/g)) {
		collect(join(dirname(path), specifier), found);
	}
}

/** The modules without which a built page can not be used, by their paths: bytes with gzip. */
export function sizesOfFirstLoad(build) {
	const html = readFileSync(join(build, 'index.html'), 'utf8');
	const found = new Map();
	for (const [, href] of html.matchAll(/["'(](\.\/_app\/[^"')]+\.js)/g))
		collect(join(build, href), found);
	return found;
}

/** Bytes with gzip of the styles without which a built page shows nothing. */
function sizeOfStyles(build) {
	const html = readFileSync(join(build, 'index.html'), 'utf8');
	const paths = [...html.matchAll(/["'](\.\/_app\/[^"']+\.css)/g)].map(([, href]) =>
		join(build, href)
	);
	return paths.reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 9 }).length, 0);
}

function main() {
	const build = join(import.meta.dirname, '..', 'build');
	const found = sizesOfFirstLoad(build);
	for (const [path, size] of [...found].sort((a, b) => b[1] - a[1])) {
		console.log(`${String(size).padStart(8)}  ${relative(build, path)}`);
	}
	const total = [...found.values()].reduce((sum, size) => sum + size, 0);
	console.log(`First-load JS: ${(total / 1000).toFixed(1)} kB gzip of at most ${budget / 1000} kB`);
	const styles = sizeOfStyles(build);
	console.log(
		`First-load CSS: ${(styles / 1000).toFixed(1)} kB gzip of at most ${stylesBudget / 1000} kB`
	);
	if (found.size === 0 || total > budget || styles === 0 || styles > stylesBudget) process.exit(1);
}

if (import.meta.filename === process.argv[1]) main();
