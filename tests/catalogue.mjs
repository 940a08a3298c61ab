// Renews the catalogue of models from saved answers of the live lists: npm run catalogue -- mantle.json models.json …
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const catalog = join(import.meta.dirname, '../src/lib/catalog');
const own = join(catalog, 'models.json');

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		/** The day of the answers, `yyyy-mm-dd`; today by default. */
		date: { type: 'string' },
		/** Where it is written; in place of the old one by default. */
		out: { type: 'string', default: own }
	}
});
if (positionals.length === 0) {
	console.error('Name the files that hold the answers: npm run catalogue -- answers/*.json');
	process.exit(1);
}

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const { module } = await runnerImport(join(catalog, 'renew.ts'), {
	configFile: false,
	logLevel: 'warn'
});
const date = values.date ?? new Date().toISOString().slice(0, 10);
const { catalogue, added, unread } = module.renewCatalogue(read(own), positionals.map(read), date);
writeFileSync(values.out, module.printCatalogue(catalogue));

console.log(`${catalogue.models.length} models as of ${date}`);
for (const place of unread) console.log(`${positionals[place]}: no list that is known`);
if (added.length > 0) console.log('New; look over which APIs have them, which no list says:');
for (const { id, like } of added) console.log(`  ${id}${like && `, taken to be as ${like}`}`);
if (unread.length > 0) process.exitCode = 1;
