import { english, setLocale } from './format.ts';
import { watchSections } from './section.ts';

/** All words of a language: the sections of English, with other words. */
export type Words = typeof import('./en.ts');

/** A language beside English. What it has no words for is said in English. */
export interface Language {
	/** BCP 47, for numbers and dates. */
	locale: string;
	words: { [Section in keyof Words]?: Partial<Words[Section]> };
}

/** Languages beside English, which is built in. Adding one is a line here and a file. */
const languages: Readonly<Record<string, () => Promise<Language>>> = {};

/** The English of each section that is loaded, kept before another language takes its place. */
const kept = new Map<string, object>();
/** Counts what was asked for: only the last one is spoken. */
let asked = 0;

/**
 * Changes the language of every word that is read from now on, also of sections that are loaded later; the page is drawn
 * anew after it. English for a language that there is none of. Gives the id of the language that is spoken; undefined
 * where another was asked for meanwhile. Rejects where the words can't be loaded, and then nothing has changed.
 */
export async function setLanguage(
	id: string,
	known: Readonly<Record<string, () => Promise<Language>>> = languages
): Promise<string | undefined> {
	const asking = ++asked;
	const language = Object.hasOwn(known, id) ? await known[id]?.() : undefined;
	if (asking !== asked) return undefined;
	setLocale(language?.locale ?? english);
	watchSections((name, words) => {
		const inEnglish = kept.get(name) ?? copyOf(words);
		kept.set(name, inEnglish);
		lay(words, inEnglish);
		lay(words, (language?.words as Record<string, object> | undefined)?.[name] ?? {});
	});
	return language === undefined ? 'en' : id;
}

function lay(words: object, over: object): void {
	for (const [key, value] of Object.entries(over)) {
		const below: unknown = Reflect.get(words, key);
		if (isGroup(below) && isGroup(value)) lay(below, value);
		else Reflect.set(words, key, value);
	}
}

function copyOf(words: object): object {
	return Object.fromEntries(
		Object.entries(words).map(([key, value]) => [key, isGroup(value) ? copyOf(value) : value])
	);
}

function isGroup(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
