import { describe, expect, it } from 'vitest';
import { newMessage } from '../model/draft.ts';
import type { Draft, Message } from '../model/draft.ts';
import type { Unreachable } from '../model/exchange.ts';
import type { Outcome } from '../model/run.ts';
import { parseServiceError } from '../http/service-error.ts';
import { text } from '../text/index.ts';
import type { Explanation, ExplanationCode, Failure, Fix } from './explanation.ts';
import { explain, explainOutcome, explainUnreachable } from './index.ts';

const runtime = 'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1/chat/completions';
const mantle = 'https://bedrock-mantle.us-west-2.api.aws/v1/responses';
const html = '<!DOCTYPE html><html><head><title>Sign in</title></head></html>';

type More = Partial<Draft> & { code?: string; url?: string; raw?: string };

function failure(
	status: number,
	message: string,
	{ code, url = runtime, raw = JSON.stringify({ message }), ...draft }: More = {}
): Failure {
	return {
		error: { status, message, raw, ...(code !== undefined && { code }) },
		draft: { model: 'openai.gpt-oss-120b', messages: [], params: {}, ...draft },
		url,
		profiles: ['us.some.model', 'global.some.model']
	};
}

const labelOf = ({ label }: Fix): string => text.errors.fixes[label.code](label.value ?? '');

/** The labels of the fixes; the filled one ends with a star. */
const offered = (explanation: Explanation | undefined): string[] | undefined =>
	explanation?.fixes.map((fix) => labelOf(fix) + (fix.primary ? ' *' : ''));

const user = (words: string): Message => newMessage('user', words);
const assistant = (words: string): Message => newMessage('assistant', words);
const chain = { responseId: 'resp_1', after: '' };

const chooseOnly = ['Choose another model *'];
const chooseOrRetry = ['Choose another model *', 'Try again'];
const replaceOnly = ['Replace the key *'];
const replaceOrRetry = ['Replace the key *', 'Try again'];
const retryOnly = ['Try again *'];

/** The services' own words, from bedrock.md and public reports; what the card offers, best first. */
type Row = [cause: ExplanationCode, given: Failure, fixes: string[]];

const account: Row[] = [
	[
		'payment-instrument',
		failure(
			403,
			'Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided.. Your AWS Marketplace subscription for this model cannot be completed at this time. If you recently fixed this issue, try again after 15 minutes.',
			{ code: 'AccessDeniedException' }
		),
		chooseOrRetry
	],
	[
		'marketplace-actions',
		failure(
			403,
			'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model. Your AWS Marketplace subscription for this model cannot be completed at this time. If you recently fixed this issue, try again after 2 minutes.',
			{ code: 'AccessDeniedException' }
		),
		chooseOrRetry
	],
	[
		'marketplace-actions',
		failure(
			403,
			'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions. Refer to the Amazon Bedrock documentation for further details. Your AWS Marketplace subscription for this model cannot be completed at this time.'
		),
		chooseOrRetry
	],
	[
		'marketplace-subscription',
		failure(
			403,
			'Your AWS Marketplace subscription for this model cannot be completed at this time. If you recently fixed this issue, try again after 15 minutes.'
		),
		['Try again *', 'Choose another model']
	],
	[
		'legacy-model',
		failure(
			404,
			'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days. Please upgrade to an active model on Amazon Bedrock',
			{ code: 'ResourceNotFoundException' }
		),
		chooseOnly
	],
	['legacy-model', failure(404, 'This model version has reached the end of its life.'), chooseOnly],
	[
		'access-form',
		failure(
			404,
			'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model. If you have already filled out the form, try again in 15 minutes.'
		),
		chooseOrRetry
	],
	[
		'model-access',
		failure(403, "You don't have access to the model with the specified model ID."),
		chooseOrRetry
	],
	[
		'model-access',
		failure(403, 'YOU DON’T HAVE ACCESS TO THE MODEL with the specified model ID.'),
		chooseOrRetry
	],
	[
		'model-access',
		failure(403, 'anthropic.claude-sonnet-5 is not available for this account.'),
		chooseOrRetry
	],
	['operation-not-allowed', failure(400, 'Operation not allowed'), replaceOnly],
	[
		'daily-quota',
		failure(429, 'Too many tokens per day, please wait before trying again.', {
			code: 'ThrottlingException'
		}),
		['Choose another model *', 'Change the Region']
	],
	[
		'daily-quota',
		failure(429, 'Too many tokens per day, please wait before trying again.', { chain }),
		['Choose another model *', 'Resend the history in another Region']
	],
	['throttled', failure(429, 'Too many requests, please wait before trying again.'), retryOnly],
	['throttled', failure(429, 'Too many tokens, please wait before trying again.'), retryOnly],
	['throttled', failure(200, 'Too many requests', { code: 'throttlingException' }), retryOnly]
];

const key: Row[] = [
	['key-expired', failure(403, 'Bearer Token has expired'), replaceOnly],
	[
		'key-expired',
		failure(403, 'The security token included in the request is expired'),
		replaceOnly
	],
	['key-expired', failure(401, 'x', { code: 'ExpiredTokenException' }), replaceOnly],
	['key-expired', failure(403, 'x', { code: 'ExpiredTokenException' }), replaceOnly],
	[
		'key-malformed',
		failure(403, 'Invalid API Key format: Must start with pre-defined prefix'),
		replaceOnly
	],
	[
		'key-malformed',
		failure(400, 'Invalid API Key format: Must start with pre-defined prefix'),
		replaceOnly
	],
	[
		'key-refused',
		failure(403, 'Authentication failed: Please make sure your API Key is valid.'),
		replaceOrRetry
	],
	[
		'key-refused',
		failure(401, 'Invalid API key', { code: 'invalid_api_key', url: mantle }),
		replaceOrRetry
	],
	[
		'key-refused',
		failure(403, 'The security token included in the request is invalid.', {
			code: 'UnrecognizedClientException'
		}),
		replaceOrRetry
	],
	['key-refused', failure(401, '', { raw: '' }), replaceOrRetry],
	...['Authorization header is missing', 'Missing Authentication Token', 'Not authenticated'].map(
		(words): Row => [
			'missing-header',
			failure(403, words),
			['Check with cURL *', 'Test the connection', 'Try again']
		]
	),
	['wrong-region', failure(403, 'Credential should be scoped to a valid region.'), replaceOnly],
	[
		'not-authorized',
		failure(403, 'User: arn:aws:iam::1:user/x is not authorized to perform: bedrock:InvokeModel', {
			code: 'AccessDeniedException'
		}),
		['Choose another model *', 'Replace the key', 'Try again']
	],
	[
		'not-authorized',
		failure(
			403,
			'User: x is not authorized to perform: bedrock-mantle:CreateInference on resource: arn:aws:bedrock-mantle:us-west-2:1:project/default',
			{ code: 'access_denied', url: mantle }
		),
		['Choose another model *', 'Replace the key', 'Try again']
	],
	[
		'not-authorized',
		failure(401, 'User: x is not authorized to perform: bedrock:CallWithBearerToken on *'),
		replaceOrRetry
	],
	[
		'not-authorized',
		failure(403, 'Access denied'),
		['Choose another model *', 'Replace the key', 'Try again']
	],
	['forbidden', failure(403, ''), ['Replace the key', 'Check with cURL', 'Try again']],
	['forbidden', failure(403, 'No.'), ['Replace the key', 'Check with cURL', 'Try again']],
	['not-sent', failure(0, '', { code: 'bad-key', raw: '' }), replaceOnly],
	['not-sent', failure(0, '', { code: 'bad-url', raw: '' }), []]
];

/** A message of white space. */
const blank = user(' \n');
const shape: Row[] = [
	[
		'starts-with-user',
		failure(
			400,
			'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
			{ messages: [assistant('a'), user('b')] }
		),
		['Leave out what comes before and resend *']
	],
	['starts-with-user', failure(400, 'messages: first message must use the "user" role'), []],
	[
		'roles-alternate',
		failure(
			400,
			'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
			{ messages: [user('a'), user('b')] }
		),
		[]
	],
	[
		'roles-alternate',
		failure(
			400,
			'messages: roles must alternate between "user" and "assistant", but found multiple "user" roles in a row'
		),
		[]
	],
	[
		'blank-text',
		failure(
			400,
			'The text field in the ContentBlock object at messages.0.content.0 is blank. Add text to the text field, and try again.',
			{ messages: [blank, user('b')] }
		),
		['Leave out what is blank and resend *']
	],
	[
		'blank-text',
		failure(400, 'messages: text content blocks must contain non-whitespace text', {
			system: blank,
			messages: [user('b')]
		}),
		['Leave out what is blank and resend *']
	],
	['blank-text', failure(400, 'messages: text content blocks must be non-empty'), []],
	[
		'blank-text',
		failure(400, 'The content field in the Message object at messages.1 is empty.', {
			messages: [blank]
		}),
		[]
	],
	[
		'prefill',
		failure(
			400,
			'This model does not support assistant message prefill. The conversation must end with a user message.',
			{ messages: [user('a'), assistant('b')] }
		),
		['Leave out the last answer and resend *', 'Choose another model']
	],
	[
		'schema-refused',
		failure(
			400,
			"Invalid schema for response_format 'x': In context=(), 'additionalProperties' is required to be supplied and to be false."
		),
		[]
	],
	[
		'schema-refused',
		failure(
			400,
			'tools.0.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12'
		),
		[]
	],
	[
		'schema-refused',
		failure(
			400,
			'The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.'
		),
		[]
	],
	['context-too-long', failure(400, 'Input is too long for requested model.'), chooseOnly],
	[
		'context-too-long',
		failure(400, 'prompt is too long: 210000 tokens > 200000 maximum'),
		chooseOnly
	],
	[
		'context-too-long',
		failure(400, "This model's maximum context length is 128000 tokens.", {
			code: 'context_length_exceeded'
		}),
		chooseOnly
	],
	[
		'context-too-long',
		failure(
			400,
			'input length and `max_tokens` exceed context limit: 190000 + 21000 > 200000, decrease input length or `max_tokens` and try again',
			{ params: { maxTokens: 21_000 } }
		),
		['Turn off max_tokens and resend *', 'Choose another model']
	]
];

const parameters: Row[] = [
	[
		'temperature-and-top-p',
		failure(
			400,
			'The model returned the following errors: `temperature` and `top_p` cannot both be specified for this model. Please use only one.',
			{ params: { temperature: 1, topP: 1 } }
		),
		['Turn off top_p and resend *', 'Turn off temperature and resend']
	],
	[
		'thinking-parameter',
		failure(400, '`temperature` may only be set to 1 when thinking is enabled.', {
			params: { temperature: 0.2, maxTokens: 1 }
		}),
		['Turn off temperature and resend *']
	],
	[
		'thinking-parameter',
		failure(
			400,
			'`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.',
			{ params: { topP: 0.5 } }
		),
		['Turn off top_p and resend *']
	],
	[
		'unsupported-parameter',
		failure(400, "Unsupported parameter: 'max_tokens' is not supported with this model", {
			params: { maxTokens: 100 }
		}),
		['Turn off max_tokens and resend *']
	],
	[
		'unsupported-parameter',
		failure(
			400,
			"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
			{ params: { maxTokens: 100 } }
		),
		['Use max_completion_tokens and resend *']
	],
	[
		'unsupported-parameter',
		failure(
			400,
			'Function tools with reasoning_effort are not supported for openai.gpt-5.6-sol in /v1/chat/completions. Please use /v1/responses instead.',
			{ params: { reasoningEffort: 'high' } }
		),
		['Turn off reasoning_effort and resend *']
	],
	[
		'unsupported-parameter',
		failure(400, '`temperature` is deprecated for this model.', { params: { temperature: 0 } }),
		['Turn off temperature and resend *']
	]
];

const models: Row[] = [
	[
		'needs-profile',
		failure(
			400,
			'Invocation of model ID some.model with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.'
		),
		['Use us. and resend *', 'Use global. and resend', 'Choose another model']
	],
	[
		'needs-profile',
		failure(400, "invocation of model id x with ON-DEMAND throughput isn't supported."),
		['Use us. and resend *', 'Use global. and resend', 'Choose another model']
	],
	[
		'wrong-path',
		failure(400, "The model 'zai.glm-5' does not support the '/v1/responses' API", { url: mantle }),
		['Use /openai/v1 and resend *', 'Choose another model']
	],
	[
		'wrong-path',
		failure(400, "The model 'x' isn't supported on this route", {
			url: mantle.replace('/v1/', '/openai/v1/')
		}),
		['Use /v1 and resend *', 'Choose another model']
	],
	[
		'wrong-path',
		failure(400, "The model 'x' does not support the '/v1/responses' API"),
		chooseOnly
	],
	['unknown-operation', failure(200, '', { code: 'UnknownOperationException' }), chooseOnly],
	[
		'response-not-found',
		failure(404, "Response 'resp_1' not found.", { url: mantle, chain }),
		['Resend the history *']
	],
	// Known by the parameter that is named, whatever the words are.
	...['Cannot be used with Zero Data Retention.', 'Expired.', ''].map((message): Row => {
		const raw = JSON.stringify({ error: { message, param: 'previous_response_id' } });
		return [
			'response-not-found',
			failure(400, message, { url: mantle, chain, raw }),
			['Resend the history *']
		];
	}),
	['unknown-model', failure(400, 'The provided model identifier is invalid.'), chooseOnly],
	[
		'unknown-model',
		failure(404, "The model 'nobody.no-such-model' does not exist", { url: mantle }),
		chooseOnly
	],
	[
		'unknown-model',
		failure(404, 'The model doesn’t exist or doesn’t support this API'),
		chooseOnly
	],
	['service-trouble', failure(500, 'The system encountered an unexpected error'), retryOnly],
	[
		'service-trouble',
		failure(424, 'The model returned an error', { code: 'ModelErrorException' }),
		retryOnly
	],
	['service-trouble', failure(429, 'Not ready', { code: 'ModelNotReadyException' }), retryOnly],
	[
		'service-trouble',
		failure(200, 'Overloaded', { code: 'overloaded_error', raw: '{"originalMessage":"x"}' }),
		retryOnly
	]
];

const passing = ['Try again *', 'Check with cURL', 'Test the connection'];
const lasting = ['Check with cURL *', 'Test the connection', 'Try again'];
const proxies: Row[] = [
	...[200, 400, 401, 403, 404, 407].map((status): Row => [
		'foreign-answer',
		failure(status, 'Sign in', { raw: html }),
		lasting
	]),
	...[429, 500, 502, 503].map((status): Row => [
		'foreign-answer',
		failure(status, 'Sign in', { raw: `\n<html>\n<head><title>x</title></head></html>` }),
		passing
	]),
	...[401, 403].flatMap((status): Row[] => [
		[
			'foreign-answer',
			failure(status, 'x', { raw: '{"blocked":true,"policy":"AI","user":"me"}' }),
			lasting
		],
		[
			'foreign-answer',
			failure(status, 'x', { raw: '{"error":"Access denied","by":"Zscaler"}' }),
			lasting
		]
	]),
	['foreign-answer', failure(407, 'Proxy Authentication Required', { raw: '' }), lasting]
];

const gatewayUrl = 'https://gateway.test/api/v1/chat/completions';

/** What bedrock-access-gateway says, as it says it. */
function fromGateway(status: number, detail: string, raw = JSON.stringify({ detail })): Failure {
	const error = parseServiceError(status, { 'content-type': 'application/json' }, raw);
	return { ...failure(status, detail, { url: gatewayUrl }), error };
}

const lookFirst = ['Look at the gateway *', 'Try again'];

const gateways: Row[] = [
	['gateway-key', fromGateway(403, 'Not authenticated'), lookFirst],
	['gateway-key', fromGateway(401, 'Not authenticated'), lookFirst],
	['gateway-key', fromGateway(401, 'Invalid API Key'), lookFirst],
	[
		'gateway-key',
		failure(401, 'Authentication Error, Invalid proxy server token passed', {
			...{ url: gatewayUrl, code: 'auth_error' }
		}),
		lookFirst
	],
	[
		'unknown-model',
		fromGateway(
			400,
			'Unsupported model nobody.x, please use models API to get a list of supported models'
		),
		chooseOnly
	],
	[
		'gateway-body',
		fromGateway(400, '', '1 validation error:\n  body -> messages: Field required'),
		[]
	],
	[
		'gateway-body',
		fromGateway(422, '', '{"detail":[{"loc":["body","messages"],"msg":"Field required"}]}'),
		[]
	],
	['gateway-path', fromGateway(404, 'Not Found'), lookFirst],
	['throttled', fromGateway(429, 'Too many tokens, please wait before trying again.'), retryOnly],
	['service-trouble', fromGateway(500, 'Internal Server Error'), retryOnly],
	...[
		'An error occurred (AccessDeniedException) when calling the Converse operation: User: arn:aws:sts::1:assumed-role/gateway/x is not authorized to perform: bedrock:InvokeModel',
		'An error occurred (ExpiredTokenException) when calling the ConverseStream operation: The security token included in the request is expired',
		'An error occurred (UnrecognizedClientException) when calling the Converse operation: The security token included in the request is invalid.',
		'Bearer Token has expired'
	].map((detail): Row => ['gateway-upstream', fromGateway(500, detail), chooseOrRetry])
];

describe('explain', () => {
	const rows = [account, key, shape, parameters, models, proxies, gateways].flat();
	const named = rows.map(
		([code, given, fixes]) => [code, given.error.status, given.error.message, given, fixes] as const
	);
	it.each(named)('says %s of %i “%s”', (code, _status, _words, given, fixes) => {
		const explanation = explain(given);
		expect(explanation?.code).toBe(code);
		expect(offered(explanation)).toEqual(fixes);
	});

	it('has a sentence for every cause, and fills one button at most', () => {
		for (const [, given] of rows) {
			const { code, values, fixes } = explain(given) ?? { code: 'unknown', fixes: [] };
			expect(text.errors.say(text.errors.headlines[code], values)).toMatch(/^[A-Z].+[^.]$/);
			expect(text.errors.say(text.errors.causes[code], values)).toMatch(/^[A-Z][^]+\.$/);
			expect(fixes.filter(({ primary }) => primary).length).toBeLessThan(2);
		}
	});

	it('quotes the very actions that are missing', () => {
		const causeOf = (given: Failure) => {
			const { code, values } = explain(given) ?? { code: 'unknown' };
			return text.errors.say(text.errors.causes[code], values);
		};
		const words = 'User: x is not authorized to perform: bedrock-mantle:CreateInference on y';
		expect(causeOf(failure(403, words))).toContain('allows `bedrock-mantle:CreateInference` here');
		expect(
			causeOf(
				failure(403, 'perform (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe)')
			)
		).toContain('`aws-marketplace:ViewSubscriptions`, `aws-marketplace:Subscribe`');
	});

	it.each<[string, Failure, object]>([
		[
			'the value of max_tokens moves with its name',
			failure(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", {
				params: { maxTokens: 100 }
			}),
			{ params: { maxTokens: undefined, maxCompletionTokens: 100 } }
		],
		[
			'a parameter is removed by undefined',
			failure(400, '`top_p` is deprecated for this model', { params: { topP: 1, maxTokens: 5 } }),
			{ params: { topP: undefined } }
		],
		[
			'only what is blank is left out',
			failure(400, 'messages: text content blocks must be non-empty', {
				system: blank,
				messages: [user('a'), blank, user('b')]
			}),
			{
				system: undefined,
				messages: [{ parts: [{ text: 'a' }] }, { parts: [{ text: 'b' }] }]
			}
		],
		[
			'the answers before the first question are left out',
			failure(400, 'A conversation must start with a user message.', {
				messages: [assistant('a'), user('b'), assistant('c')]
			}),
			{ messages: [{ role: 'user' }, { role: 'assistant' }] }
		],
		[
			'the last answer is left out',
			failure(400, 'This model does not support assistant message prefill.', {
				messages: [user('a'), assistant('b')]
			}),
			{ messages: [{ role: 'user' }] }
		],
		[
			'the whole id of the profile is used',
			failure(400, 'on-demand throughput isn’t supported'),
			{ model: 'us.some.model' }
		]
	])('in its fix, %s', (_, given, change) => {
		expect(explain(given)?.fixes[0]).toMatchObject({ change, then: 'resend' });
	});

	it('does not offer to turn off a parameter that was not sent', () => {
		expect(explain(failure(400, "Unsupported parameter: 'max_tokens'"))).toBeUndefined();
	});

	it('says nothing of the key where a page in between answered', () => {
		for (const [code, given] of proxies) {
			const words = text.errors.causes[explain(given)?.code ?? 'unknown'];
			expect([code, text.errors.say(words)]).toEqual([
				'foreign-answer',
				expect.stringMatching(/says nothing about the key/)
			]);
		}
	});

	it('blames no Bedrock key for what a gateway answers, and offers to replace none', () => {
		const words = [...key, ...account].map(([, { error }]) => ({ error, url: gatewayUrl }));
		const all = [
			...gateways.map(([, given]) => given),
			...words.map((one) => ({ ...failure(0, ''), ...one }))
		];
		const blaming = /^(key-|missing-header|wrong-region|not-authorized|forbidden)/;
		for (const given of all) {
			const explanation = explain(given);
			expect(explanation?.code).not.toMatch(blaming);
			expect(offered(explanation) ?? []).not.toContain('Replace the key *');
			expect(offered(explanation) ?? []).not.toContain('Replace the key');
		}
		const said = explain(fromGateway(401, 'Invalid API Key'));
		const { headlines, causes, say } = text.errors;
		expect(say(headlines['gateway-key'], said?.values)).toBe(
			'The gateway gateway.test refused its key'
		);
		expect(say(causes['gateway-key'])).toContain('Your Bedrock key was not sent there');
	});

	it('leaves what it does not know to the service’s own words', () => {
		expect(explain(failure(400, 'Something new'))).toBeUndefined();
		const outcome: Outcome = { end: 'http-error', error: failure(400, 'Something new').error };
		const explanation = explainOutcome(outcome, failure(400, ''));
		expect([explanation?.code, offered(explanation)]).toEqual(['unknown', ['Try again']]);
	});

	it.each(['{}', '', 'upstream connect error', '[1]', '"no"', '{"detail":"x"}'])(
		'does not take %s for a page in between',
		(raw) => expect(explain(failure(503, 'x', { raw }))?.code).toBe('service-trouble')
	);
});

describe('explainUnreachable', () => {
	const gateway = 'https://gateway.test/api/v1/chat/completions';
	it.each<[string, Unreachable, string, string[], Partial<Draft>?]>([
		['offline', 'offline', runtime, ['Try again *']],
		[
			'withheld',
			'withheld',
			runtime,
			[
				'Check with cURL *',
				'Use the relay and try again',
				...['Test the connection', 'Replace the key', 'Try again']
			]
		],
		[
			'relay',
			'relay',
			mantle,
			['Try again', 'Turn the relay off and try again', 'Check with cURL']
		],
		['policy', 'policy', gateway, ['Check with cURL *', 'Look at the gateway']],
		[
			'withheld',
			'withheld',
			gateway,
			['Check with cURL *', 'Test the connection', 'Look at the gateway', 'Try again']
		],
		['redirect', 'redirect', gateway, ['Check with cURL *', 'Try again']],
		['closed', 'closed', mantle, ['Try again', 'Check with cURL', 'Test the connection']],
		[
			'no-answer',
			'no-answer',
			mantle,
			[
				...['Test the connection *', 'Use the relay and try again', 'Check with cURL'],
				...['Change the Region', 'Try again']
			]
		],
		[
			'no-answer',
			'no-answer',
			mantle,
			[
				...['Test the connection *', 'Use the relay and try again', 'Check with cURL'],
				...['Resend the history in another Region', 'Try again']
			],
			{ chain }
		],
		['no-answer', 'no-answer', gateway, ['Test the connection *', 'Check with cURL', 'Try again']],
		['loopback', 'no-answer', 'http://127.0.0.1:8000/api/v1/chat/completions', ['Try again *']],
		['loopback', 'withheld', 'http://localhost:8000/api/v1/chat/completions', ['Try again *']]
	])('says %s of %s at %s', (code, cause, url, fixes, draft = {}) => {
		const explanation = explainUnreachable(cause, failure(0, '', { url, ...draft }));
		expect([explanation.code, offered(explanation)]).toEqual([code, fixes]);
		const { headlines, causes, say } = text.errors;
		expect(say(headlines[explanation.code], explanation.values)).toContain(new URL(url).host);
		expect(say(causes[explanation.code], explanation.values)).toMatch(/^[A-Z][^]+\.$/);
	});

	it('says in one sentence what CORS is', () => {
		expect(text.errors.causes.withheld).toMatch(/\. CORS is the rule that [^.]+\.$/);
	});

	it('says that what was closed may be billed, and twice', () => {
		expect(text.errors.causes.closed).toMatch(/may be billed[^]+two may have gone out/);
	});
});

describe('explainOutcome', () => {
	const { draft, url, profiles } = failure(200, '');
	it.each<[Outcome, string | undefined]>([
		[{ end: 'not-an-answer', status: 403, contentType: 'text/html', text: html }, 'foreign-answer'],
		[{ end: 'unreachable', host: 'x', cause: 'offline' }, 'offline'],
		[
			{ end: 'stream-error', error: failure(200, 'x', { code: 'throttlingException' }).error },
			'throttled'
		],
		[
			{ end: 'error-in-200', error: failure(200, '', { code: 'UnknownOperation' }).error },
			'unknown-operation'
		],
		[{ end: 'finished', reason: 'end_turn' }, undefined],
		[{ end: 'cut-short', midFrame: false }, undefined],
		[{ end: 'page-closed' }, undefined],
		[{ end: 'unfinished', status: 'queued' }, undefined]
	])('explains %o as %s', (outcome, code) => {
		expect(explainOutcome(outcome, { draft, url, profiles })?.code).toBe(code);
	});
});
