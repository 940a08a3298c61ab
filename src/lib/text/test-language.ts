import type { Language, Words } from './language.ts';

/** A language in which each English word stands in marks: `‹Copy›`. Call it before it is spoken. */
export async function newMarkedLanguage(): Promise<Language> {
	return { locale: 'de', words: mark({ ...(await import('./en.ts')) }) as Words };
}

function mark(words: unknown): unknown {
	if (typeof words === 'string') return `‹${words}›`;
	if (Array.isArray(words)) return words.map(mark);
	if (typeof words === 'function') return (...args: unknown[]) => mark(words(...args));
	if (typeof words !== 'object' || words === null) return words;
	return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, mark(value)]));
}
