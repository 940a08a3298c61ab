/** All words of a language: the sections of English, with other words. */
export type Words = typeof import('./en.ts');

/** Languages beside English, which is built in. Adding one is a line here and a file that exports what `en.ts` does. */
const languages: Readonly<Record<string, () => Promise<Words>>> = {};

/** English as it was built in, kept from the first time that another language takes its place. */
let english: Words | undefined;

/**
 * Changes the language of every word that is read from now on; the page is drawn anew after it. English for a language
 * that there is none of. Rejects where the words can't be loaded, and then nothing has changed.
 */
export async function setLanguage(id: string, known = languages): Promise<void> {
	const load = known[id];
	if (load === undefined && english === undefined) return;
	const [words, wanted] = await Promise.all([import('./en.ts'), load?.()]);
	english ??= copySections(words);
	lay(words, wanted ?? english);
}

/** Puts words over others in their own objects, because whoever has a section in hand keeps it. */
function lay(words: object, over: object): void {
	for (const [key, value] of Object.entries(over)) {
		const below: unknown = Reflect.get(words, key);
		if (isSection(below) && isSection(value)) lay(below, value);
		else Reflect.set(words, key, value);
	}
}

function copySections<T>(words: T): T {
	if (!isSection(words)) return words;
	return Object.fromEntries(
		Object.entries(words).map(([key, value]) => [key, copySections(value)])
	) as T;
}

function isSection(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
