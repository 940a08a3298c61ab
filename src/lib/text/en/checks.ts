import { section } from '../section.ts';

/** What a sentence quotes of a warning. */
type Values = Readonly<Record<string, string | number>>;

/** Makes the words for a code of what they quote. */
type Words = Readonly<Record<string, (values: Values) => string>>;

/** What is known to go wrong before a Send. */
export const checks = section('checks', {
	title: 'Before you send',
	typedBody: 'The body goes out as you typed it, until the form is changed.',
	/** A sentence for each code of a warning. */
	sentences: {
		conflict: ({ name, other }) => `Some models refuse \`${name}\` together with \`${other}\`.`
	} as Words,
	/** The words of each button that mends. */
	fixes: {
		'turn-off': ({ name }) => `Turn off ${name}`
	} as Words
});
