import { formatBytes } from '../format.ts';
import { section } from '../section.ts';

/** What a sentence quotes of a warning. */
type Values = Readonly<Record<string, string | number>>;

/** Makes the words for a code of what they quote. */
type Words = Readonly<Record<string, (values: Values) => string>>;

/** What is known to go wrong before a Send. */
export const checks = section('checks', {
	lacksGateway: 'This request is for a gateway, and none is set up here.',
	connectGateway: 'Connect a gateway',
	title: 'Before you send',
	typedBody: 'The body goes out as you typed it, until the form is changed.',
	/** A sentence for each code of a warning. */
	sentences: {
		'model-other-api': ({ model, api, other }) =>
			`${api} does not have \`${model}\`. ${other} does.`,
		'model-no-api': ({ model }) => `None of the three APIs has \`${model}\`.`,
		'model-region': ({ model, region }) =>
			`\`${model}\` is on mantle alone, which \`${region}\` does not have.`,
		'model-geography': ({ model, region }) =>
			`\`${model}\` is a profile of another part of the world: it can’t be called from \`${region}\`.`,
		'model-application-profile': ({ api }) =>
			`${api} refuses application inference profiles; Converse takes them.`,
		'model-endpoint': ({ model, endpoint, other }) =>
			`On this API \`${model}\` is on ${other}, not on ${endpoint}.`,
		'model-profile': ({ model }) => `\`${model}\` is called only through an inference profile.`,
		'model-id': ({ model, endpoint, to }) => `On ${endpoint} \`${model}\` is called \`${to}\`.`,
		'model-file': ({ model, name, type }) =>
			`\`${model}\` takes no ${type}: \`${name}\` will be refused.`,
		'model-tools': ({ model }) => `\`${model}\` takes no tools.`,
		'model-reasoning': ({ model, name }) =>
			`\`${model}\` does not reason: \`${name}\` will be refused or ignored.`,
		'prefill-refused': ({ model }) =>
			`\`${model}\` refuses an answer at the end of the messages: it is known to continue none.`,
		'prefill-thinking': () =>
			'With thinking on, Claude continues no answer that was begun: it must think first.',
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
			`The body has \`${value}\` for \`${name}\`; the switch is sent instead.`,
		'file-kind': ({ name, type, api }) =>
			`${api} has no field for ${type}: \`${name}\` will not be sent.`,
		'file-result': ({ name, type, api }) =>
			`${api} takes no ${type} in a tool’s result: \`${name}\` stands in one.`,
		'file-gone': ({ name }) =>
			`\`${name}\` is not stored in this browser any more: it will not be sent.`,
		'file-address': ({ name, api }) =>
			`${api} does not read \`${name}\` from this address: use S3, or attach the file itself.`,
		'file-format': ({ name, mime }) =>
			`\`${name}\` is \`${mime}\`, which is not one of the formats that Bedrock takes.`,
		'file-role': ({ name, type }) =>
			`\`${name}\` stands in an answer; the service takes ${type} in user messages alone.`,
		'too-many-images': ({ count, most }) =>
			`${count} images, those of earlier messages among them; the service takes ${most} in a request.`,
		'too-many-documents': ({ count, most }) =>
			`${count} documents, those of earlier messages among them; the service takes ${most} in a request.`,
		'large-image': ({ name, bytes }) =>
			`\`${name}\` is ${formatBytes(Number(bytes))} as base64; the service takes 5 MiB.`,
		'wide-image': ({ name, side, most }) =>
			`\`${name}\` is ${side} px long; the service takes ${most} px a side.`,
		'large-document': ({ name, bytes }) =>
			`\`${name}\` is ${formatBytes(Number(bytes))}; the service takes documents up to 4.5 MB.`,
		'document-name': ({ name, said }) =>
			`\`${name}\` would go as \`${said}\`: the service takes only Latin letters and digits, up to 200.`,
		'document-alone': () => 'A document needs a text beside it.',
		'tool-name': ({ name }) =>
			`A tool’s name has 1 to 64 letters, digits, \`_\` and \`-\`: \`${name}\` is refused.`,
		'tool-twice': ({ name }) => `Two tools have the name \`${name}\`.`,
		'tool-open': ({ name }) =>
			`\`${name}\` is strict: its schema needs \`additionalProperties: false\` and all properties required, at any depth.`,
		'tool-choice-name': ({ name }) => `The tool \`${name}\` is chosen and not sent.`,
		'tool-choice-alone': () => 'A tool choice is refused without tools.',
		'open-calls': ({ id, names }) =>
			`The response …${id} called ${names} and waits for results: the service refuses to go on without them.`,
		'mixed-history': ({ id }) =>
			`The service remembers with …${id} what is sent here again: the model would read it twice.`,
		'chain-gone': ({ id, state }) =>
			`The last response, …${id}, ${predicates[state ?? '']}: the whole history is sent, as this browser has it.`,
		'chain-earlier': ({ id, state, before }) =>
			`The last response, …${id}, ${predicates[state ?? '']}, so it is not continued: …${before} before it is, and what came after goes along.`,
		'chain-not-stored': ({ id }) =>
			`The last response, …${id}, was not stored, so it cannot be continued: the whole history is sent.`,
		'chain-unfinished': ({ id, state }) =>
			`The last response, …${id}, ${predicates[state ?? '']}, so it is not continued: the whole history is sent.`,
		'chain-demo': ({ id }) =>
			`The last response, …${id}, is the simulator’s, which your key’s service does not know: the whole history is sent.`,
		'chain-no-key': ({ id }) =>
			`The last response, …${id}, was made with a key; the simulator does not know it: the whole history is sent.`,
		'chain-region': ({ id, made, now }) =>
			`The last response, …${id}, is kept in ${made}, and this request goes to ${now}: the whole history is sent.`,
		'chain-account': ({ id, account }) =>
			`The last response, …${id}, belongs to the account ${account}, which is not this key’s: the whole history is sent.`,
		'chain-key': ({ id, lastFour }) =>
			`The last response, …${id}, was made with another key (…${lastFour}), perhaps of another account: the whole history is sent.`,
		'chain-endpoint': ({ id, made, now }) =>
			`The last response, …${id}, is kept on \`${made}\`, and this request goes to \`${now}\`: the whole history is sent.`,
		'instructions-dropped': () =>
			'The response that is continued was given `instructions`, and this request has none: they are not carried over.',
		'store-off': () =>
			'`store` is `false`: this answer cannot be continued, and the turn after it sends the whole history.',
		'reasoning-lost': ({ name, value }) =>
			`What is not stored goes back in full, and its reasoning only where it came encrypted: \`${name}\` lacks \`${value}\`.`
	} as Words,
	/** The words of each button that mends. */
	fixes: {
		'open-in': ({ other }) => `Open in ${other}`,
		'go-endpoint': ({ other }) => `Use ${other}`,
		'remove-tools': () => 'Remove the tools',
		'drop-answer': () => 'Leave it out',
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
		'use-typed': ({ value }) => `Use ${value}`,
		'file-remove': ({ name }) => `Remove ${name}`,
		'file-scale': () => 'Scale it down',
		'file-rename': ({ free }) => `Rename it to ${free}`,
		'file-write': () => 'Write one',
		'rename-tool': ({ next }) => `Call it ${next}`,
		'close-tool': () => 'Close the schema',
		'no-tool-choice': () => 'Turn the choice off',
		resend: () => 'Resend the history',
		reset: () => 'Back to the form',
		'drop-id': () => 'Drop the id',
		store: () => 'Store it',
		include: () => 'Include it',
		instruct: () => 'Send them again',
		'key-of': ({ made }) => `Use a key of ${made}`,
		'other-key': () => 'Use another key',
		'go-back': ({ made }) => `Back to ${made}`
	} as Words
});

/** What has become of a response. */
const predicates: Readonly<Record<string, string>> = {
	incomplete: 'is incomplete',
	failed: 'has failed',
	cancelled: 'was cancelled',
	queued: 'is still queued',
	'in-progress': 'is still in progress',
	unseen: 'was not seen to its end',
	'not-stored': 'was not stored',
	deleted: 'was deleted',
	expired: 'is older than 30 days',
	unknown: 'is not known to the service any more'
};

function otherPlaces(more: string | number | undefined): string {
	return more === 0 || more === undefined ? '' : ` and ${more} more`;
}
