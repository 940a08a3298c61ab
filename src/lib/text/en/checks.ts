import { section } from '../section.ts';

/** What a sentence quotes of a warning. */
type Values = Readonly<Record<string, string | number>>;

/** Makes the words for a code of what they quote. */
type Words = Readonly<Record<string, (values: Values) => string>>;

/** What is known to go wrong before a Send. */
export const checks = section('checks', {
	title: 'Before you send',
	/** A sentence for each code of a warning. */
	sentences: {
		conflict: ({ name, other }) => `Some models refuse \`${name}\` together with \`${other}\`.`,
		'tool-name': ({ name }) =>
			`A tool’s name has 1 to 64 letters, digits, \`_\` and \`-\`: \`${name}\` is refused.`,
		'tool-twice': ({ name }) => `Two tools have the name \`${name}\`.`,
		'tool-open': ({ name }) =>
			`\`${name}\` is strict: its schema needs \`additionalProperties: false\` and all properties required, at any depth.`,
		'tool-choice-name': ({ name }) => `The tool \`${name}\` is chosen and not sent.`,
		'tool-choice-alone': () => 'A tool choice is refused without tools.'
	} as Words,
	/** The words of each button that mends. */
	fixes: {
		'turn-off': ({ name }) => `Turn off ${name}`,
		'rename-tool': ({ next }) => `Call it ${next}`,
		'close-tool': () => 'Close the schema',
		'no-tool-choice': () => 'Turn the choice off'
	} as Words
});
