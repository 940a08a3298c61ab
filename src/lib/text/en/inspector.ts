import { section } from '../section.ts';

/** What the inspector's tabs say. */
export const inspector = section('inspector', {
	sent: 'sent',
	notSent: 'not sent',
	groupSent: (count: number) => `${count} sent`,
	turnAllOff: 'Turn all off',
	send: (name: string) => `Send ${name}`,
	sliderOf: (name: string) => `${name} slider`,
	changed: 'changed since the last run',
	groups: {
		sampling: 'Sampling',
		length: 'Length and stop',
		reasoning: 'Reasoning',
		output: 'Output format',
		model: 'Model’s own fields',
		extra: 'Extra'
	},
	presets: {
		menu: 'Presets',
		builtIn: {
			nothing: 'Provider defaults (send nothing)',
			deterministic: 'Deterministic'
		},
		apply: (name: string) => `Use the preset ${name}`,
		rename: (name: string) => `Rename ${name}`,
		delete: (name: string) => `Delete ${name}`,
		name: 'Name',
		saveAs: 'Save these settings as',
		save: 'Save',
		deleted: (name: string) => `${name} is deleted.`,
		lost: 'This could not be stored. It lasts until the page is closed.'
	},
	range: (min: number, max: number) => `${min} – ${max}`,
	rangeFrom: (min: number) => `${min} and up`,
	upTo: (count: number) => `up to ${count}`,
	trueOrFalse: 'true or false',
	notANumber: (sent: number) => `Not a number: \`${sent}\` is still sent.`,
	notAnInteger: (sent: number) => `Not a whole number: \`${sent}\` is still sent.`,
	sequence: (name: string, index: number) => `${name} ${index}`,
	addLine: 'Add another',
	removeLine: (index: number) => `Remove ${index}`,
	noSequence: 'Not sent until one has text.',
	anyText: 'a text',
	names: (max: number) => `names and texts, up to ${max}`,
	anyObject: 'an object, as JSON',
	pairName: 'name',
	pairValue: 'text',
	pairNameOf: (name: string, index: number) => `${name}, name ${index}`,
	pairValueOf: (name: string, index: number) => `${name}, text ${index}`,
	noPair: 'Not sent until one has a name.',
	otherChoice: 'Other …',
	otherOf: (name: string) => `${name}, other`,
	notJson: (at: { line: number; column: number } | undefined) =>
		`Not JSON${at === undefined ? '' : ` from line ${at.line}, column ${at.column}`}.`,
	notAnObject: 'Not an object.',
	isNotSent: 'It is not sent.',
	stillSent: 'What was there before is still sent.',
	output: {
		schema: 'JSON Schema',
		object: 'JSON object'
	},
	modelFieldsHelp:
		'Everything that goes to the model as it stands, beside what the API has fields for.',
	extraFields: 'Other fields',
	extraHelp: 'Fields of the body that the form has no switch for. They are sent as they stand.',
	help: {
		metadata: 'Found again in the account’s logs. The model does not see it.',
		latency: 'Only few models have `optimized`; the answer says which it was.',
		maxToolCalls: 'Taken, but not enforced by the service so far.',
		n: 'Each answer is billed.',
		include:
			'`reasoning.encrypted_content` is what lets reasoning go back where nothing is stored.',
		truncation: '`auto` leaves out the beginning of a conversation that is too long.',
		responseFieldPaths: 'JSON pointers into the model’s own answer, such as `/stop_sequence`.',
		store: 'Off by `false`: the answer cannot be continued.',
		includeUsage: 'Without it a streamed answer reports no usage.'
	},
	guardrailHint: 'identifier, version',
	guardrailNeeds: 'Not sent until it has an identifier and a version.',
	traceNotSent: 'not sent',
	processingNeeds: 'Sent only where the answer is streamed.',

	bodyName: 'Request body',
	bodyAsSent: 'sent exactly as it stands',
	validJson: 'Valid JSON',
	place: (line: number, column: number) => `Line ${line}, column ${column}`,
	noRequest: 'Not a request',
	format: 'Format',
	find: 'Find',
	reset: 'Reset to form',
	wasReset: 'What you had typed is thrown away.',
	typed: 'Sent as you typed it, until the form is changed.',
	keptTitle: (count: number) => `Kept as typed: ${count}.`,
	kept: (paths: readonly string[]) =>
		`The form has no control for ${listOf(paths)}. ${paths.length === 1 ? 'It is' : 'They are'} sent as ${paths.length === 1 ? 'it stands' : 'they stand'}.`,
	notMended: (phrases: string) =>
		`Sent as you typed it, though a service may refuse it. Mended, it would have ${phrases}.`,
	fits: (api: string) =>
		`This is a body of ${api}. Here most of it would be sent as it stands, unread.`,
	openThere: (api: string) => `Open in ${api}`,
	whichRequest: 'Which request',
	sentRequest: 'Sent',
	nextRequest: 'Next',
	sentAt: (time: string) => `Sent at ${time}`,
	notSentYet: 'Not sent yet',
	builtOtherwise:
		'This version of the page builds this request otherwise than it was sent, so what you see is not what was sent.',
	nothingToSend: 'There is nothing to send yet: write a message first.',
	bytes: (bytes: number) => `${bytes.toLocaleString('en')} B`,
	noBody: 'This request has no body.',
	wrap: 'Wrap long lines',
	copyBody: 'Copy the body',
	losses: 'Not said by this API:',

	clients: 'Language',
	copyInstall: 'Copy install command',
	documentation: 'Documentation',
	code: 'Code',
	readsFiles: (names: readonly string[]) =>
		`Run it where the attached ${names.length === 1 ? 'file is' : 'files are'}: ${listOf(names)}.`,
	keyFrom: (variable: string) =>
		`The key is read from \`${variable}\`. It is never written into code.`,
	checked: {
		curl: 'Code of this form is run by `sh` in our tests, and the body that arrives is compared.',
		python: 'Code of this form is run by Python in our tests, against stand-ins for the packages.',
		javascript:
			'Code of this form is run by Node in our tests, and the body that arrives is compared.'
	}
});

/** `a`, `b` and `c`, in mono. */
function listOf(names: readonly string[]): string {
	const quoted = names.map((name) => `\`${name}\``);
	const last = quoted.pop() ?? '';
	return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`;
}
