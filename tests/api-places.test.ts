import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { paramNames } from '../src/lib/model/param-names.ts';

const src = join(import.meta.dirname, '../src');

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
	(file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$|test-/.test(file)
);

/** The files that say `pattern`, beside those in `rooms`. */
function placesOf(pattern: RegExp, rooms: RegExp): string[] {
	return files
		.filter((file) => !rooms.test(file) && pattern.test(readFileSync(join(src, file), 'utf8')))
		.sort();
}

describe('what adding one more touches', () => {
	it('an API: its folder, the list of ids, the registries', () => {
		const ownRooms = /^lib\/(apis\/[^/]+|snippets|simulator|checks)\//;
		const places = placesOf(/(['"`])(converse|chat-completions|responses)\1/, ownRooms);
		// The rest take what they need from the Api object, which says its endpoints, guardrail, mark and names.
		const known = [
			'lib/apis/index.ts',
			'lib/apis/outgoing.ts',
			'lib/apis/builders.ts',
			'lib/apis/forms.ts',
			'lib/apis/marks.ts',
			'lib/model/draft.ts',
			// How the fields that one API keeps beside a text become its sources and blocks.
			'lib/model/blocks.ts',
			'lib/model/citations.ts',
			// How each API writes what the service's own tools did.
			'lib/model/server-item.ts',
			// Which APIs take an application profile, and have a model of a list that does not say it.
			'lib/catalog/renew.ts',
			'lib/catalog/serving.ts',
			'lib/components/profiles/ProfilesDialog.svelte',
			'lib/components/workspace/models/options.ts',
			// What one API alone has in parts that are kept whole: approvals of Responses, texts to be cited of Converse.
			'lib/model/approvals.ts',
			'lib/model/reference.ts',
			// The answer that is read and drawn before the first comes.
			'lib/components/workspace/rehearse.ts',
			// The logo's three marks, the tab that a first visit opens, and the examples' tabs.
			'lib/components/shell/Mark.svelte',
			'lib/model/settings.ts',
			'lib/text/en/workspace.ts'
		];
		expect(places.filter((place) => !known.includes(place))).toEqual([]);
		expect(places).toEqual(expect.arrayContaining(known.slice(0, 4)));
	});

	// Names such as `store` and `n` are words of other things too.
	const telling = paramNames.filter((name) => /[A-Z]|temperature/.test(name));
	it.each(telling)('a parameter: name, row, a line in each API that has it: %s', (name) => {
		const places = placesOf(
			new RegExp(`\\b${name}\\b`),
			/^lib\/(apis\/[^/]+\/|simulator|snippets)/
		);
		const known = [
			'lib/model/param-names.ts',
			'lib/model/params.ts',
			// What a family of models makes of it.
			'lib/catalog/families.ts',
			// That a model can't think, and what is left out then.
			'lib/catalog/abilities.ts',
			'lib/state/model-choice.ts',
			// The presets that come with the page.
			'lib/model/preset.ts',
			// What only this parameter means: stored responses, the fixes of refusals, a line of help.
			'lib/model/chain.ts',
			// What a run says of how it was served is named alike.
			'lib/model/run.ts',
			'lib/apis/chat-completions/chat-completions.ts',
			/^lib\/(errors|checks)\//,
			/^lib\/text\//,
			/^lib\/components\/inspector\/ParamRow\.svelte$/
		];
		const others = places.filter((place) => {
			return !known.some((one) => (typeof one === 'string' ? one === place : one.test(place)));
		});
		expect(places).toContain('lib/model/params.ts');
		expect(others).toEqual([]);
	});
});
