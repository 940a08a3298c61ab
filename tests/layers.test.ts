import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '../src');
const lib = join(src, 'lib');

/** Which rooms of src/lib each room may import from, beside itself. */
const allowed: Record<string, readonly string[]> = {
	model: [],
	apis: ['model'],
	snippets: ['model'],
	share: ['model'],
	storage: ['model'],
	errors: ['model'],
	catalog: ['model'],
	checks: ['model', 'apis', 'catalog'],
	text: ['model', 'errors'],
	simulator: [],
	http: ['model', 'apis', 'catalog'],
	state: [
		'model',
		'apis',
		'catalog',
		'http',
		'snippets',
		'share',
		'storage',
		'errors',
		'checks',
		'text'
	],
	components: [
		'model',
		'apis',
		'catalog',
		'http',
		'snippets',
		'share',
		'storage',
		'errors',
		'checks',
		'text',
		'state'
	]
};

/** Packages that only one room may import. */
const packages: Record<string, string> = {
	'idb-keyval': 'storage',
	'eventsource-parser': 'http',
	marked: 'components'
};

interface Import {
	file: string;
	room: string;
	specifier: string;
}

/** The source files below a folder, by their path in it. */
function sourcesOf(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
		(file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$|test-/.test(file)
	);
}

const files = sourcesOf(lib);

const imports: Import[] = files.flatMap((file) => {
	const code = readFileSync(join(lib, file), 'utf8');
	const room = file.split('/')[0] ?? '';
	return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map((match) => ({
		file,
		room,
		specifier: match[1] ?? ''
	}));
});

describe('the layers', () => {
	it('finds the imports it judges', () => {
		expect(imports.length).toBeGreaterThan(200);
		expect(new Set(files.map((file) => file.split('/')[0]))).toEqual(new Set(Object.keys(allowed)));
	});

	it('lets each room import only from the rooms below it', () => {
		const wrong = imports.filter(({ file, room, specifier }) => {
			if (!specifier.startsWith('.')) return false;
			const to = relative(lib, join(lib, dirname(file), specifier)).split('/')[0] ?? '';
			return to !== room && !allowed[room]?.includes(to);
		});
		expect(wrong).toEqual([]);
	});

	it('imports by relative paths that end in the file’s own name', () => {
		const wrong = imports.filter(
			({ specifier }) =>
				specifier.startsWith('$') ||
				(specifier.startsWith('.') && !/\.(ts|svelte|json)$/.test(specifier))
		);
		expect(wrong).toEqual([]);
	});

	it('keeps each of these packages behind its one door', () => {
		const wrong = imports.filter(
			({ room, specifier }) => packages[specifier] !== undefined && packages[specifier] !== room
		);
		expect(wrong).toEqual([]);
	});

	it('lets the model know nothing but valibot', () => {
		const wrong = imports.filter(
			({ room, specifier }) =>
				room === 'model' && !specifier.startsWith('.') && specifier !== 'valibot'
		);
		expect(wrong).toEqual([]);
	});

	it('calls fetch only in http', () => {
		const callers = sourcesOf(src).filter(
			(file) =>
				!/^lib\/(http|simulator|snippets)\//.test(file) &&
				/(?<![.\w])(globalThis\.|window\.)?fetch\(/.test(readFileSync(join(src, file), 'utf8'))
		);
		expect(callers).toEqual([]);
	});

	it('leads only the demo’s dynamic import from the page to the simulator', () => {
		const page = readFileSync(join(src, 'routes/+page.svelte'), 'utf8');
		expect(page).toMatch(/await import\('\$lib\/simulator\/simulator\.ts'\)/);
		expect(page).not.toMatch(/from '[^']*simulator/);
	});
});
