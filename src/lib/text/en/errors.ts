import type { ExplanationCode } from '../../errors/explanation.ts';

/** Words of the error card. */
export const errors = {
	headlines: {
		'needs-profile': 'This model needs an inference profile',
		'key-expired': 'The key has expired',
		'key-refused': 'The key was refused',
		'wrong-region': 'The key belongs to another Region',
		'not-authorized': 'The key lacks a permission',
		throttled: 'Too many requests',
		'wrong-path': 'This model is not served on this path',
		'unknown-operation': 'The endpoint does not know this path',
		'response-not-found': 'The response to continue is gone',
		'unknown-model': 'The service does not know this model',
		'unsupported-parameter': 'The model does not take a parameter',
		'service-trouble': 'The service failed on its side'
	} satisfies Record<ExplanationCode, string>,
	causes: {
		'needs-profile':
			'In this Region the model cannot be called by its own id. A profile routes the same request to a Region with capacity: `us.`, `eu.` and the like stay in their geography, `global.` may run anywhere.',
		'key-expired':
			'A short-term key ends with the AWS session that made it, often before its own 12 hours. The model and the request are not to blame.',
		'key-refused':
			'It may have expired with its session, been made for another Region, or been switched off. The model and the request are not to blame.',
		'wrong-region': 'A key works only in the Region it was made for.',
		'not-authorized':
			'The key itself is accepted. Its owner needs access to this model and the actions `bedrock:CallWithBearerToken` and `bedrock:InvokeModel` (on mantle `bedrock-mantle:CallWithBearerToken` and `bedrock-mantle:CreateInference`).',
		throttled:
			'The account’s quota of requests or tokens is used up for the moment. Nothing is resent by itself.',
		'wrong-path':
			'The endpoint serves some models under `/v1` and others under `/openai/v1`, and some not on this API at all.',
		'unknown-operation':
			'The status says 200, but the body is an error: no operation stands at this address. The slashes of an ARN must be sent as `%2F`.',
		'response-not-found':
			'It was deleted, is older than 30 days, was never stored, or belongs to another Region. The history is still here and can be sent in full.',
		'unknown-model':
			'The id may be mistyped, the other endpoint’s, or a profile of another geography than the key’s Region.',
		'unsupported-parameter':
			'Models differ in what they accept. Everything else of the request can stay.',
		'service-trouble': 'The request was understood. Trying again later usually helps.'
	} satisfies Record<ExplanationCode, string>,
	notSent: 'The request cannot be written, so it was not sent',
	unsendable: {
		'bad-key': 'The key holds characters that a header cannot carry. Paste it again.',
		'bad-url': 'The address is not one that a browser can call.',
		'bad-header':
			'A guardrail’s identifier, version or trace holds characters that a header cannot carry.'
	} as Record<string, string | undefined>,
	saidByService: 'The service said',
	nothingSaid: '(no words, only the status)',
	answered: 'It answered',
	byStatus: (status: number) => `The service answered ${status}`,
	unreachable: (host: string) => `The browser could not reach ${host}`,
	notAnAnswer: 'This is not an answer of the API',
	notAnAnswerCause:
		'The address answered, but with something the API does not send. A proxy or a log-in page in between is the usual cause.',
	backInComposer: 'Your message is back in the composer.',
	detailsLeaveOut: 'Details leave out the key.',
	copyDetails: 'Copy details',
	type: 'type',
	after: 'after',
	requestId: 'request id',
	hidden: 'not exposed',
	contentType: 'content type',
	fixes: {
		useModel: (prefix: string) => `Use ${prefix} and resend`,
		usePrefix: (prefix: string) => `Use ${prefix} and resend`,
		turnOff: (name: string) => `Turn off ${name} and resend`,
		replaceKey: 'Replace the key',
		resendHistory: 'Resend the history',
		chooseModel: 'Choose another model',
		retry: 'Try again'
	}
};
