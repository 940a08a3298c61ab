/** What the page shows of the response that an example gives. */
export type Shown = { in?: string; out?: string } & (
	| {
			text?: string | RegExp;
			reasoning?: string;
			call?: [name: string, input: string];
			reason: string;
	  }
	| { status: number; headline: string; said: string }
);

// By hand, from the responses as our sources print them.
export const shown: Readonly<Record<string, Shown>> = {
	'chat-runtime-gpt-oss-120b': {
		text: 'Hello! How can I help you today?',
		reasoning: 'The user says "Hello!" Just a greeting. Respond politely.',
		reason: 'stop'
	},
	'converse-deepseek': {
		text: '我是 DeepSeek-V3,由 深度求索(DeepSeek) 开发的 大语言模型。',
		reason: 'end_turn',
		in: '13',
		out: '222'
	},
	'converse-qwen3': {
		text: '我是Qwen3,是阿里云推出的一种超大规模语言模型。',
		reason: 'end_turn',
		in: '18',
		out: '204'
	},
	'converse-base-model': {
		text: 'Hello! How are you doing today?',
		reason: 'end_turn',
		in: '8',
		out: '20'
	},
	'converse-system-profile': {
		text: 'Hello! How are you doing today?',
		reason: 'end_turn',
		in: '8',
		out: '20'
	},
	'converse-application-profile': {
		text: 'Hello! How are you doing today?',
		reason: 'end_turn',
		in: '8',
		out: '20'
	},
	'converse-unencoded-arn': {
		status: 200,
		headline: 'The endpoint does not know this path',
		said: 'com.amazon.coral.service#UnknownOperationException'
	},
	'chat-mantle': {
		text: "Amazon Bedrock is AWS's fully managed service that provides on‑demand access to a suite of foundation‑model APIs.",
		reasoning:
			'We need to answer succinctly: one sentence describing Amazon Bedrock. Provide clear definition.',
		reason: 'stop',
		in: '74',
		out: '90'
	},
	'responses-turn-2': {
		text: 'Your name is Alice and you like cats.',
		reasoning: 'We need to answer succinctly.',
		reason: 'completed',
		in: '74',
		out: '104'
	},
	'responses-unsupported-model': {
		status: 400,
		headline: 'This model is not served on this path',
		said: "The model 'zai.glm-5' does not support the '/v1/responses' API"
	},
	'chat-unknown-model': {
		status: 404,
		headline: 'The service does not know this model',
		said: "The model 'nobody.no-such-model' does not exist"
	},
	'chat-invalid-key': { status: 401, headline: 'The key was refused', said: 'Invalid API key' },
	'chat-glm-5': {
		text: 'Amazon S3 (Simple Storage Service) is a scalable cloud storage service designed to store and retrieve any amount of data from anywhere on the web.',
		reason: 'stop',
		in: '24',
		out: '59'
	},
	'gateway-image-url': {
		text: /^\s*The image contains the following objects:\s*A peach-colored short-sleeve button-up shirt\s*An olive green plaid long coat\/jacket\s*$/,
		reason: 'stop',
		in: '197',
		out: '147'
	},
	'gateway-tools': {
		call: ['get_current_weather', '{ "location": "Shanghai", "unit": "celsius" }'],
		reason: 'stop',
		in: '256',
		out: '64'
	},
	'gateway-reasoning-claude': {
		text: '3.9 is bigger than 3.11.',
		reasoning: 'I need to compare the decimal numbers 3.9 and 3.11.',
		reason: 'stop',
		in: '51',
		out: '565'
	}
};
