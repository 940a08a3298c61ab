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
		outside: ({ name, min, max }) => `\`${name}\` is outside ${min} – ${max}.`,
		'too-small': ({ name, min }) => `\`${name}\` must be at least ${min}.`,
		'stop-twice': ({ name, sequence }) => `\`${name}\` holds \`${sequence}\` twice.`,
		'stop-blank': ({ name }) =>
			`\`${name}\` holds a text of white space only, which models refuse.`,
		'too-many': ({ name, max }) => `\`${name}\` holds more than ${max}.`,
		effort: ({ name, value }) => `This model does not know \`${value}\` for \`${name}\`.`,
		'no-effort': ({ name }) => `This model knows no \`${name}\`.`,
		'effort-with-tools': ({ name }) =>
			`On this API the model refuses tools together with \`${name}\`; Responses takes both.`,
		eaten: ({ name, tokens, effort }) =>
			`At effort \`${effort}\` reasoning can use up all ${tokens} of \`${name}\`: the answer would be empty.`,
		'thinking-form': ({ form }) => `This model takes \`thinking\` only as \`${form}\`.`,
		'no-thinking': () => 'This model has no `thinking`.',
		'budget-with-adaptive': () => 'Adaptive `thinking` takes no `budget_tokens`.',
		budget: ({ name, budget, max, limit }) =>
			`\`${name}\` (${budget}) must be less than \`${max}\` (${limit}).`,
		'with-thinking': ({ name }) => `\`${name}\` does not go with \`thinking\`.`,
		refused: ({ name }) => `This model refuses \`${name}\`.`,
		renamed: ({ name, to }) => `This model takes \`${to}\` and refuses \`${name}\`.`,
		'needs-stream': ({ name }) => `\`${name}\` is refused where the answer is not streamed.`,
		'needs-tools': ({ name }) => `\`${name}\` is refused without tools.`,
		'needs-logprobs': ({ name }) => `\`${name}\` is refused unless \`logprobs\` is \`true\`.`,
		'open-object': ({ place, more }) =>
			`The schema is refused: at \`${place}\`${otherPlaces(more)} \`additionalProperties\` is not \`false\`.`,
		'optional-property': ({ place, more }) =>
			`The schema is refused: at \`${place}\`${otherPlaces(more)} not every property is in \`required\`.`,
		'schema-no-name': () => 'The schema has no name, which this API wants.',
		'schema-no-json': () => 'The schema is not a JSON object.',
		'schema-strict': () =>
			'On Converse this model takes a schema only beside its own field `text.format.strict`.',
		'typed-too': ({ name, value }) =>
			`The body has \`${value}\` for \`${name}\`; the switch is sent instead.`
	} as Words,
	/** The words of each button that mends. */
	fixes: {
		'turn-off': ({ name }) => `Turn off ${name}`,
		set: ({ to }) => `Use ${to}`,
		use: ({ to }) => `Use ${to}`,
		'set-max': ({ max, to }) => `Use ${to} for ${max}`,
		'drop-repeated': () => 'Drop the second',
		'drop-blank': () => 'Drop it',
		'keep-first': ({ max }) => `Keep the first ${max}`,
		'drop-budget': () => 'Drop the budget',
		'drop-thinking': () => 'Turn off thinking',
		'use-thinking': ({ form }) => `Use ${form}`,
		close: () => 'Close every object',
		require: () => 'Require them all',
		name: ({ to }) => `Call it ${to}`,
		strict: () => 'Send it',
		'use-typed': ({ value }) => `Use ${value}`
	} as Words
});

function otherPlaces(more: string | number | undefined): string {
	return more === 0 || more === undefined ? '' : ` and ${more} more`;
}
