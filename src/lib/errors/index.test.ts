import { describe, expect, it } from 'vitest';
import type { Draft } from '../model/draft.ts';
import type { Explanation, Failure } from './explanation.ts';
import { explain } from './index.ts';

const runtime = 'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1/chat/completions';
const mantle = 'https://bedrock-mantle.us-west-2.api.aws/v1/responses';

function failure(
	status: number,
	message: string,
	{ code, url = runtime, ...draft }: Partial<Draft> & { code?: string; url?: string } = {}
): Failure {
	return {
		error: { status, message, raw: message, ...(code !== undefined && { code }) },
		draft: { model: 'openai.gpt-oss-120b', messages: [], params: {}, ...draft },
		url,
		profiles: ['us.some.model', 'global.some.model']
	};
}

// The services' own words, from bedrock.md; the last column is what the card offers, best first.
const rows: [string, Failure, Explanation['code'], string[]][] = [
	[
		'a model that needs a profile, with a curly apostrophe',
		failure(
			400,
			'Invocation of model ID some.model with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.'
		),
		'needs-profile',
		['use-model', 'use-model', 'choose-model']
	],
	[
		'a model that needs a profile, with a straight apostrophe',
		failure(400, "Invocation of model ID x with on-demand throughput isn't supported."),
		'needs-profile',
		['use-model', 'use-model', 'choose-model']
	],
	[
		'an expired key on runtime',
		failure(403, 'Bearer Token has expired'),
		'key-expired',
		['replace-key']
	],
	[
		'an expired session token',
		failure(403, 'The security token included in the request is expired'),
		'key-expired',
		['replace-key']
	],
	[
		'a garbage key on runtime',
		failure(403, 'Authentication failed: Please make sure your API Key is valid.'),
		'key-refused',
		['replace-key', 'retry']
	],
	[
		'a garbage key on mantle',
		failure(401, 'Invalid API key', { code: 'invalid_api_key', url: mantle }),
		'key-refused',
		['replace-key', 'retry']
	],
	[
		'a key of another Region',
		failure(403, 'Credential should be scoped to a valid region.'),
		'wrong-region',
		['replace-key']
	],
	[
		'a missing permission on runtime',
		failure(403, 'User: arn:aws:iam::1:user/x is not authorized to perform: bedrock:InvokeModel', {
			code: 'AccessDeniedException'
		}),
		'not-authorized',
		['retry', 'choose-model']
	],
	[
		'a missing permission on mantle',
		failure(
			403,
			'User: x is not authorized to perform: bedrock-mantle:CreateInference on resource',
			{
				code: 'access_denied',
				url: mantle
			}
		),
		'not-authorized',
		['retry', 'choose-model']
	],
	['too many requests', failure(429, 'Too many requests'), 'throttled', ['retry']],
	[
		'throttling inside a stream',
		failure(200, 'Too many requests', { code: 'throttlingException' }),
		'throttled',
		['retry']
	],
	[
		'a model on the other prefix or on no such API',
		failure(400, "The model 'zai.glm-5' does not support the '/v1/responses' API", { url: mantle }),
		'wrong-path',
		['use-prefix', 'choose-model']
	],
	[
		'an unknown operation with status 200',
		failure(200, '', { code: 'UnknownOperationException' }),
		'unknown-operation',
		['choose-model']
	],
	[
		'a response that is gone',
		failure(404, "Response 'resp_1' not found.", {
			url: mantle,
			chain: { responseId: 'resp_1', covers: 2 }
		}),
		'response-not-found',
		['resend-history']
	],
	[
		'an invalid model id on runtime',
		failure(400, 'The provided model identifier is invalid.'),
		'unknown-model',
		['choose-model']
	],
	[
		'an unknown model on mantle',
		failure(404, "The model 'nobody.no-such-model' does not exist", { url: mantle }),
		'unknown-model',
		['choose-model']
	],
	[
		'a model that runtime lacks on this API',
		failure(404, "The model doesn't exist or doesn't support this API"),
		'unknown-model',
		['choose-model']
	],
	[
		'a parameter that the model refuses',
		failure(400, "Unsupported parameter: 'max_tokens' is not supported with this model", {
			params: { maxTokens: 100 }
		}),
		'unsupported-parameter',
		['turn-off']
	],
	[
		'two parameters that exclude each other',
		failure(400, '`temperature` and `top_p` cannot both be specified for this model.', {
			params: { temperature: 1, topP: 1 }
		}),
		'unsupported-parameter',
		['turn-off']
	],
	[
		'a failure inside the service',
		failure(500, 'The system encountered an unexpected error'),
		'service-trouble',
		['retry']
	],
	[
		'a model that failed',
		failure(424, 'The model returned an error', { code: 'ModelErrorException' }),
		'service-trouble',
		['retry']
	]
];

describe('explain', () => {
	it.each(rows)('knows %s', (_name, given, code, fixes) => {
		const explanation = explain(given);
		expect(explanation?.code).toBe(code);
		expect(explanation?.fixes.map(({ fix }) => fix)).toEqual(fixes);
	});

	it('turns off the one of two parameters that is named last', () => {
		const given = failure(400, '`temperature` and `top_p` cannot both be specified', {
			params: { temperature: 1, topP: 1 }
		});
		expect(explain(given)?.fixes).toEqual([{ fix: 'turn-off', param: 'topP' }]);
	});

	it('offers the prefix that was not used', () => {
		const words = "The model 'openai.gpt-6-luna' does not support the '/v1/responses' API";
		expect(explain(failure(400, words, { url: mantle }))?.fixes[0]).toEqual({
			fix: 'use-prefix',
			prefix: '/openai/v1'
		});
		const other = mantle.replace('/v1/', '/openai/v1/');
		expect(explain(failure(400, words, { url: other }))?.fixes[0]).toEqual({
			fix: 'use-prefix',
			prefix: '/v1'
		});
	});

	it('does not offer to turn off a parameter that was not sent', () => {
		expect(explain(failure(400, "Unsupported parameter: 'max_tokens'"))).toBeUndefined();
	});

	it('never calls an expired key a bad model', () => {
		for (const status of [401, 403]) {
			expect(explain(failure(status, 'ExpiredTokenException'))?.code).toBe('key-expired');
		}
	});

	it('leaves what it does not know to the service’s own words', () => {
		expect(explain(failure(400, 'messages: roles must alternate'))).toBeUndefined();
	});
});
