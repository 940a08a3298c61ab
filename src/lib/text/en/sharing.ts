import { section } from '../section.ts';

/** `1 message`, `3 messages`. */
function count(n: number, one: string, many = `${one}s`): string {
	return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

export const sharing = section('sharing', {
	title: 'Share this request',
	link: 'Link',
	making: 'Making the link',
	copyLink: 'Copy link',
	copyFailed: 'The browser did not allow copying. The link is selected: copy it with the keyboard.',
	sizeOf: (size: string, limit: string) => `${size} of ${limit}`,
	size: {
		fits: { short: 'Fits everywhere.', long: 'Chat programs may cut links above 8 kB.' },
		long: {
			short: 'Longer than 8 kB.',
			long: 'Browsers open it; some chat programs cut it. Try it before you rely on it.'
		},
		'too-long': {
			short: 'Longer than 32 kB.',
			long: 'Chat programs may cut it, and a cut link does not open. Shorten the messages.'
		}
	},
	tooLong: 'This request is too long for a link. Shorten the messages.',

	included: 'Included',
	notIncluded: 'Not included',
	request: (label: string) => `A request to ${label}`,
	model: (model: string) => `Model \`${model}\``,
	noModel: 'No model yet',
	messages: (n: number) => count(n, 'message'),
	instructionsField: '`instructions`',
	noLink: 'No link while a secret is in it',
	andMessages: (system: string, n: number) => `${system}, ${count(n, 'message')}`,
	system: 'System',
	instructions: 'instructions',
	parameters: (n: number) => count(n, 'parameter'),
	tools: (n: number) => count(n, 'tool'),
	outputForm: 'Form of the answer',
	streamOn: 'Stream on',
	streamOff: 'Stream off',
	lacksGateway:
		'It was made for a gateway, whose address a link never holds. Here no gateway is set up: connect your own, or choose another endpoint.',
	endpoint: (endpoint: string) => `Kind of endpoint: \`${endpoint}\``,
	guardrail: (id: string) => `Guardrail \`${id}\``,
	furtherFields: (n: number) => count(n, 'further field'),
	apiKey: 'API key',
	regionAndHost: 'Region and host',
	runs: 'Timings and other runs',
	files: (n: number) => count(n, 'attached file'),
	chain: '`previous_response_id`; the history goes in full instead',
	scanned:
		'Scanned for keys: none found. The reader sees a preview, and nothing is sent by opening it.',
	secretFound: 'There is something in this request that looks like a key or a secret.',
	secretFoundWhy: 'Take it out of the messages or fields, then copy the link.',

	someoneShared: 'Someone shared a request with you',
	nothingSent: 'Nothing has been sent. Look it over, then open it as a draft.',
	facts: {
		model: 'Model',
		region: 'Region',
		endpoint: 'Endpoint',
		parameters: 'Parameters',
		tools: 'Tools',
		outputForm: 'Form of the answer',
		guardrail: 'Guardrail',
		alsoSent: 'Also sent'
	},
	outputForms: { object: 'a JSON object', schema: 'by a JSON Schema' },
	ownRegion: 'the Region of your own key',
	none: 'none',
	view: 'View',
	viewMessages: 'Messages',
	viewBody: 'Body',
	heading: (n: number, system: string | undefined) =>
		system === undefined ? count(n, 'message') : `${count(n, 'message')} and ${system}`,
	asSent: 'The body as it would be sent',
	systemWord: 'system',
	roles: {
		system: 'System',
		developer: 'Developer',
		user: 'User',
		assistant: 'Assistant',
		tool: 'Tool',
		opaque: 'Item'
	},
	parts: {
		reasoning: 'Thinking',
		refusal: 'Refusal',
		call: (name: string) => `Calls \`${name}\``,
		result: (id: string) => `Result of \`${id}\``,
		image: 'Image',
		document: 'Document',
		audio: 'Audio',
		video: 'Video',
		other: 'Kept as it came'
	},
	empty: 'empty',
	moreCharacters: (n: number) => `${count(n, 'more character')}, in Body`,
	moreMessages: (n: number) => `${count(n, 'more message')}, in Body`,
	noKeyNoHost:
		'The link holds no key and no host. It would run on your own key, in the Region of that key.',
	chainOfSender:
		'Its `previous_response_id` belongs to the sender’s account, so the history is sent in full instead.',
	invisible:
		'It holds invisible or text-turning characters. They are shown by their code, as in `⟨U+202E⟩`.',
	open: (label: string) => `Open in ${label}`,
	copyJson: 'Copy as JSON',
	discard: 'Discard',

	problem: 'This link cannot be opened',
	problems: {
		'not-a-link': 'The address does not hold a shared request.',
		'future-version':
			'It was made by a newer version of this page. Reload the page to get that version, then open the link again.',
		'too-long': 'It is longer than a link may be, so it was not read.',
		damaged:
			'It is damaged or was cut, as some chat programs do with long links. Ask for it once more.',
		'not-a-draft': 'It can be read, but what it holds is not a request that this page knows.',
		'bad-model':
			'Its model is `.` or `..`, which would lead the request to another address, so it is refused.',
		'not-loaded':
			'The part of this page that reads links could not be loaded. Reload the page, then open the link again.'
	},
	problemAfter: 'Nothing was sent, and your drafts are as they were.',
	goOn: 'Go on without it'
});
