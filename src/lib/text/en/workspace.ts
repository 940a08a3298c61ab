import type { BodyProblem } from '../../model/json-problem.ts';
import { formatBytes } from '../format.ts';
import { section } from '../section.ts';

/** Words of the page's frame, the request rows, the transcript and the composer. */
export const workspace = section('workspace', {
	name: 'Bedrock Playground',
	unofficial: 'Unofficial',
	unofficialWhy: 'Not made by or for Amazon Web Services',
	description:
		'Try Amazon Bedrock’s Converse, Chat Completions and Responses APIs from the browser with a short-term API key. Unofficial.',
	tabs: 'API',
	toggleHistory: 'History panel',
	share: 'Share',
	preferences: 'Preferences',
	themes: { system: 'System', light: 'Light', dark: 'Dark' },
	hostsContacted: 'Hosts contacted…',
	forgetEverything: 'Forget everything…',
	plainAnswers: 'Plain text answers',
	simulated: 'Simulated',
	simulatedWhy: 'A built-in simulator is answering. Nothing leaves this page.',
	expiredWhy: 'Your key expired and was deleted. Paste a new one to send.',
	useSimulator: 'Use the simulator',
	howToGetKey: 'How to get a key',
	runDemo: 'Run the demo',
	replay: 'Replay',
	pasteKey: 'Paste an API key',
	framed:
		'This page is shown inside another site, so it takes no key and sends nothing. Open it in a tab of its own.',
	noScript: 'Bedrock Playground builds requests in the browser and needs JavaScript.',

	model: 'Model',
	region: 'Region',
	endpoint: 'Endpoint',
	/** Of an endpoint that is known not to have the model on this API. */
	notOnEndpoint: 'does not have it',
	stream: 'Stream',
	requestUrl: 'Request URL',
	copyUrl: 'Copy URL',
	requestMenu: 'Request menu',
	exportConversation: 'Export as JSON…',
	importConversations: 'Import conversations…',
	embeddings: 'Embeddings…',
	gateway: 'Gateway…',
	clearDraft: 'Clear conversation',
	shareRequest: 'Share this request',
	usePrefix: (prefix: string) => `Use the path ${prefix}`,
	system: 'System',
	instructions: 'instructions',
	systemHint: 'None is sent',
	sentAgain: 'sent again each turn',
	showSystem: 'Show the whole text',

	transcript: 'Transcript',
	nothingSent: 'Nothing sent yet',
	nothingSentHow: 'Write a message, or start from an example.',
	roles: {
		user: 'User',
		assistant: 'Assistant',
		system: 'System',
		developer: 'Developer',
		tool: 'Tool',
		opaque: 'Item'
	},
	versions: 'Versions',
	previousVersion: 'Previous version',
	nextVersion: 'Next version',
	responseId: (id: string) => `Response ${id}`,
	toolCall: 'Tool call',
	/** Goes to the model as the result of a call that can't be run. */
	cutFailure: 'The arguments of this call are not valid JSON, so it was not run.',
	sources: 'Sources',
	refusal: 'Refusal',
	notShown: 'A part that this page cannot draw; it is kept and sent back as it is.',
	newOutput: 'New output',
	tryAgain: 'Try again',
	continueMessage: 'Continue where you stopped.',
	waiting: (host: string) => `Waiting for ${host}`,

	message: 'Message',
	writeMessage: 'Write a message',
	send: 'Send',
	stop: 'Stop',
	add: 'Add',
	addMessage: 'Add without sending',
	continues: 'Continues',
	startAnew: 'Start anew',
	howToContinue: 'How to continue',
	chain: 'Chain',
	resend: 'Resend',
	keyExpired: 'Key expired',
	notHere: 'Not inside another site',
	noGateway: 'No gateway is set up here',
	noModel: 'Name a model first',
	notAModel: (model: string) =>
		`A model id of ${model} is a step between folders: it would send the request to another address`,
	opening: 'The page is opening',
	nothingToSend: 'Write a message first',
	resultsFirst: 'Send the tool results first',
	bodyProblem: (problem: BodyProblem) =>
		problem.code === 'not-json'
			? `The body is not JSON: line ${problem.line}, column ${problem.column}`
			: problem.code === 'too-deep'
				? 'The body is nested too deep'
				: 'The body is not a JSON object',
	loadingFiles: 'Loading the attachments',
	copyPrompt: (api: string) => `Copy this prompt to ${api}`,
	sends: (count: number, isItem: boolean, bytes: number) =>
		`Sends ${count} ${isItem ? 'item' : 'message'}${count === 1 ? '' : 's'} · ${formatBytes(bytes)} to`,
	billed: 'billed to your account',
	throughGateway: 'your gateway',
	simulatedSend: 'Simulated: Send does not use the network until you add a key.',
	examples: [
		{ title: 'Stream a haiku', prompt: 'Write a haiku about a stream of tokens.', api: undefined },
		{
			title: 'Return JSON',
			prompt:
				'Return a JSON object with the three largest moons of Saturn and their radii in km. JSON only.',
			api: undefined
		},
		{
			title: 'Continue a stored response',
			prompt: 'My name is Alice and I like cats. Remember it, I will ask in my next message.',
			api: 'responses'
		}
	],
	firstSystem: 'Answer for a developer. Be exact and short.',
	firstPrompt: 'What happens between pressing Send and the first token?',

	said: {
		sending: 'Sending',
		started: 'Response started',
		thinking: 'Thinking',
		complete: (tokens: number | undefined) =>
			tokens === undefined ? 'Response complete' : `Response complete, ${tokens} tokens`,
		stopped: 'Stopped',
		cutShort: 'Cut short',
		error: (headline: string) => `Error: ${headline}`
	},

	streamed: (label: string) => `${label}, streamed`,
	inspector: 'Inspector panel',
	panels: 'Panels',
	chat: 'Chat',
	settings: 'Settings',
	code: 'Code',
	history: 'History'
});
