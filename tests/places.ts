// What each place of the APIs is sent and answers, for the table in Node and for its rows in a browser.

export const runtime = 'https://bedrock-runtime.us-west-2.amazonaws.com';
export const mantle = 'https://bedrock-mantle.us-west-2.api.aws';
/** The system prompt of a new conversation. */
export const first = 'Answer for a developer. Be exact and short.';

/** An API, as its tab is called. */
export type ApiName = 'Converse' | 'Chat Completions' | 'Responses';

/** A place that answers, and what a short talk with it looks like on the wire and on the page. */
export interface Place {
	api: ApiName;
	on: 'runtime' | 'mantle';
	model: string;
	url: (streamed: boolean) => string;
	body: (streamed: boolean) => object;
	reason: string;
	/** Whether the reasoning is shown, or only counted. */
	thinks: boolean;
}

function newChat(
	on: Place['on'],
	model: string,
	url: string
): Omit<Place, 'reason' | 'thinks' | 'api'> {
	const messages = [
		{ role: 'system', content: first },
		{ role: 'user', content: 'Hello!' }
	];
	const body = (streamed: boolean) => ({ model, messages, ...(streamed && { stream: true }) });
	return { on, model, url: () => url, body };
}

function newResponses(
	on: Place['on'],
	model: string,
	url: string
): Omit<Place, 'reason' | 'thinks' | 'api'> {
	const input = [{ role: 'user', content: 'Hello!' }];
	const body = (streamed: boolean) => ({
		model,
		instructions: first,
		input,
		...(streamed && { stream: true })
	});
	return { on, model, url: () => url, body };
}

function newConverse(model: string, segment: string): Omit<Place, 'reason' | 'thinks'> {
	const body = {
		messages: [{ role: 'user', content: [{ text: 'Hello!' }] }],
		system: [{ text: first }]
	};
	const url = (streamed: boolean) =>
		`${runtime}/model/${segment}/converse${streamed ? '-stream' : ''}`;
	return { api: 'Converse', on: 'runtime', model, url, body: () => body };
}

/** Every place that answers, by API, endpoint and path. */
export const places: readonly Place[] = [
	{
		...newConverse('openai.gpt-oss-120b-1:0', 'openai.gpt-oss-120b-1%3A0'),
		reason: 'end_turn',
		thinks: true
	},
	{
		...newConverse(
			'arn:aws:bedrock:us-west-2::foundation-model/openai.gpt-oss-20b-1:0',
			'arn%3Aaws%3Abedrock%3Aus-west-2%3A%3Afoundation-model%2Fopenai.gpt-oss-20b-1%3A0'
		),
		reason: 'end_turn',
		thinks: true
	},
	{
		api: 'Chat Completions',
		...newChat('runtime', 'openai.gpt-oss-20b-1:0', `${runtime}/openai/v1/chat/completions`),
		reason: 'stop',
		thinks: true
	},
	{
		api: 'Chat Completions',
		...newChat('mantle', 'openai.gpt-oss-120b', `${mantle}/v1/chat/completions`),
		reason: 'stop',
		thinks: true
	},
	{
		api: 'Responses',
		...newResponses('mantle', 'openai.gpt-oss-120b', `${mantle}/v1/responses`),
		reason: 'completed',
		thinks: true
	},
	{
		api: 'Responses',
		...newResponses('mantle', 'openai.gpt-6-luna', `${mantle}/openai/v1/responses`),
		reason: 'completed',
		thinks: false
	},
	{
		api: 'Responses',
		...newResponses('runtime', 'us.openai.gpt-6-luna', `${runtime}/openai/v1/responses`),
		reason: 'completed',
		thinks: false
	}
];
