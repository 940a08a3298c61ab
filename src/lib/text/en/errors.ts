import type { ExplanationCode, FixCode, Values } from '../../errors/explanation.ts';
import { section } from '../section.ts';

/** A sentence, or how one is made of what it quotes. */
type Words = string | ((values: Values) => string);

const unreachable = ({ host = '' }: Values) => `The browser could not reach ${host}`;

/** What stood in the way of sending, by `RequestFault`. */
const faults: Record<string, string | undefined> = {
	'bad-key': 'The key holds characters that a header cannot carry. Paste it again.',
	'bad-model':
		'A model id of `.` or `..` would be taken for a step between folders, so the request would go to another address.',
	'bad-url': 'The address is not one that a browser can call.',
	'bad-header':
		'A guardrail’s identifier, version or trace holds characters that a header cannot carry.'
};

/** Words of the error card. */
export const errors = section('errors', {
	headlines: {
		'not-sent': 'The request cannot be written, so it was not sent',
		'foreign-answer': 'This is not an answer of the API',
		'gateway-key': ({ host = '' }) => `The gateway ${host} refused its key`,
		'gateway-upstream': 'Bedrock refused the gateway',
		'gateway-path': 'The gateway has nothing at this path',
		'gateway-body': 'The gateway does not take this body',
		'unknown-operation': 'The endpoint does not know this path',
		'response-not-found': 'The response to continue is gone',
		'payment-instrument': 'The account has no valid means of payment',
		'marketplace-actions': 'The key’s owner may not subscribe to this model',
		'marketplace-subscription': 'The subscription to this model is not complete',
		'legacy-model': 'This model is being retired',
		'access-form': 'The maker of this model wants a form first',
		'model-access': 'The account has no access to this model',
		'operation-not-allowed': 'The account may not call models',
		'daily-quota': 'The day’s quota is used up',
		'needs-profile': 'This model needs an inference profile',
		'wrong-path': 'This model is not served on this path',
		'unknown-model': 'The service does not know this model',
		'starts-with-user': 'The conversation must start with a user message',
		'roles-alternate': 'Two messages of one role follow each other',
		'blank-text': 'A message is blank',
		prefill: 'This model does not continue an answer',
		'temperature-and-top-p': 'The model takes one of two parameters',
		'thinking-parameter': 'A parameter does not go with thinking',
		'schema-refused': 'The model does not take this schema',
		'context-too-long': 'The conversation is too long for this model',
		'unsupported-parameter': 'The model does not take a parameter',
		'wrong-region': 'The key belongs to another Region',
		'key-expired': 'The key has expired',
		'key-malformed': 'This is not a key in Bedrock’s form',
		'missing-header': 'No key arrived',
		'not-authorized': ({ action }) =>
			action === undefined ? 'The key lacks a permission' : `The key may not do ${action}`,
		'key-refused': 'The key was refused',
		forbidden: 'The request was refused',
		throttled: 'Too many requests',
		'service-trouble': 'The service failed on its side',
		unknown: undefined,
		offline: unreachable,
		withheld: unreachable,
		policy: unreachable,
		redirect: unreachable,
		closed: ({ host = '' }) => `${host} gave no answer this time`,
		relay: ({ host = '' }) => `The relay passed nothing on to ${host}`,
		'no-answer': unreachable,
		loopback: unreachable
	} satisfies Record<ExplanationCode, Words | undefined> as Record<
		ExplanationCode,
		Words | undefined
	>,
	causes: {
		'not-sent': ({ fault = '' }) => faults[fault] ?? '',
		'foreign-answer':
			'The address answered, but with something the API does not send. A proxy, a firewall or a log-in page in between is the usual cause, so this says nothing about the key.',
		'gateway-key':
			'A gateway has a key of its own, which is stored with its address. Your Bedrock key was not sent there, so this says nothing about it.',
		'gateway-upstream':
			'The gateway took the request and calls Bedrock with a role or key of its own, which has expired or lacks a permission. Whoever runs the gateway can mend it, or another model works. Your keys are not to blame.',
		'gateway-path':
			'The base address is probably not the whole one: bedrock-access-gateway is at `/api/v1`, most others are at `/v1`.',
		'gateway-body':
			'Gateways check a request by rules of their own before Bedrock sees it. The words name the place in the body.',
		'unknown-operation':
			'The status says 200, but the body is an error: no operation stands at this address. The slashes of an ARN must be sent as `%2F`.',
		'response-not-found':
			'It was deleted, is older than 30 days, was never stored, is not finished, or belongs to another Region. The history is still here and can be sent in full.',
		'payment-instrument':
			'The model is sold through AWS Marketplace, which finds no valid card on the account. Add one in AWS Billing; it counts after some minutes. Amazon’s own models need none.',
		'marketplace-actions': ({ actions = '' }) =>
			`The first call of this model subscribes to it on AWS Marketplace, which takes the actions ${actions}. An administrator who has them can call the model once for the whole account.`,
		'marketplace-subscription':
			'The first call of this model subscribes to it on AWS Marketplace. That can take 15 minutes, also after what stood in the way was mended.',
		'legacy-model':
			'Its maker has marked it as legacy or ended it, and accounts that have not used it lately are turned away. A newer one takes the same request.',
		'access-form':
			'The use case form in the Bedrock console is filled in once for an account and counts after some 15 minutes.',
		'model-access':
			'Whatever the key’s permissions, the account as a whole cannot use this model, or not in this Region. The model catalogue in the Bedrock console says why.',
		'operation-not-allowed':
			'Bedrock answers so where an account is new, not verified or restricted, whatever the model and the key’s permissions. AWS Support can lift it; a key of another account works.',
		'daily-quota':
			'The account’s tokens for the day are used up for this model in this Region, so trying again helps only tomorrow. Other models and Regions have quotas of their own.',
		'needs-profile':
			'In this Region the model cannot be called by its own id. A profile routes the same request to a Region with capacity: `us.`, `eu.` and the like stay in their geography, `global.` may run anywhere.',
		'wrong-path':
			'The endpoint serves some models under `/v1` and others under `/openai/v1`, and some not on this API at all.',
		'unknown-model':
			'The id may be mistyped, the other endpoint’s, or a profile of another geography than the key’s Region.',
		'starts-with-user':
			'What comes before the first user message must go, or be written into the system prompt.',
		'roles-alternate':
			'The model wants user and assistant by turns. Join the neighbours into one message, or delete one of them.',
		'blank-text': 'The service takes no text that is empty or only white space.',
		prefill:
			'It wants a user message at the end. Other models go on where an assistant message stops.',
		'temperature-and-top-p':
			'Each of them can be sent alone. Everything else of the request can stay.',
		'thinking-parameter':
			'While a model thinks, it takes `temperature` only as 1 and `top_p` only from 0.95 to 1.',
		'schema-refused':
			'Models take a part of JSON Schema only: usually an object at the top, every property required, and `additionalProperties` false. The service’s words name the place.',
		'context-too-long':
			'Messages, system prompt and the room for the answer must fit into the model’s context together. Delete messages, shorten them, or choose a model with a longer context.',
		'unsupported-parameter':
			'Models differ in what they accept. Everything else of the request can stay.',
		'wrong-region': 'A key works only in the Region it was made for.',
		'key-expired':
			'A short-term key ends with the AWS session that made it, often before its own 12 hours. The model and the request are not to blame.',
		'key-malformed':
			'A key begins with `bedrock-api-key-` or `ABSK`. An access token of another kind, such as one of SSO, is not one.',
		'missing-header':
			'The request was sent with the key, but reached the service without. A proxy, an extension or a gateway that takes the `Authorization` header away is the usual cause.',
		'not-authorized': ({ action }) =>
			action === undefined
				? 'The key itself is accepted. Its owner needs access to this model and the actions `bedrock:CallWithBearerToken` and `bedrock:InvokeModel` (on mantle `bedrock-mantle:CallWithBearerToken` and `bedrock-mantle:CreateInference`).'
				: `The key itself is accepted, but no policy of its owner allows \`${action}\` here, or one denies it. An administrator can allow it.`,
		'key-refused':
			'It may have expired with its session, been made for another Region, or been switched off. The model and the request are not to blame.',
		forbidden:
			'The words do not say by whom or why: the service for the key or a permission, or something in between.',
		throttled:
			'The account’s quota of requests or tokens is used up for the moment. Nothing is resent by itself.',
		'service-trouble': 'The request was understood. Trying again later usually helps.',
		unknown: undefined,
		offline: 'You are offline. Nothing was sent.',
		withheld:
			'The host is up, but the browser withheld its answer: it does not allow web pages (CORS), or it refused the key without CORS headers, or the connection closed first, and then the request may have arrived and be billed. CORS is the rule that a web page may read an answer only where the server allows it by a header; cURL asks for none, so it shows what the host says.',
		policy:
			'This page’s own policy does not list the host, so the browser did not send the request.',
		redirect:
			'It answered with a redirect. Redirects are not followed, so that the key goes nowhere else.',
		closed:
			'It has answered this page before and it is up, so most likely the connection closed on the way; a proxy in between that answers without CORS headers would look the same. The request may have arrived, so it may be billed though no answer came. When a reused connection breaks, a browser sends a request again by itself, so two may have gone out.',
		relay:
			'Requests of this tab go through the relay on the page’s own origin, and that did not answer, broke off or refused. See that what serves this page still runs, or turn the relay off. Where it broke off, the request may have arrived and be billed.',
		'no-answer':
			'The host did not answer at all, so this is not the key and not CORS. A VPN, a blocker, a company proxy or a Region without this endpoint is the usual cause. Where it answered before, the connection may have broken on the way: then the request may have arrived.',
		loopback:
			'The address is this computer’s own. Browsers ask before a web page may talk to it: allow “local network” or “apps on device” for this site, see that the gateway runs, then try again.'
	} satisfies Record<ExplanationCode, Words | undefined> as Record<
		ExplanationCode,
		Words | undefined
	>,
	/** A sentence of the tables above. */
	say: (words: Words | undefined, values: Values = {}): string | undefined =>
		typeof words === 'function' ? words(values) : words,
	saidByService: 'The service said',
	nothingSaid: '(no words, only the status)',
	answered: 'It answered',
	byStatus: (status: number) => `The service answered ${status}`,
	backInComposer: 'Your message is back in the composer.',
	detailsLeaveOut: 'Details leave out the key.',
	copyDetails: 'Copy details',
	type: 'type',
	after: 'after',
	requestId: 'request id',
	hidden: 'not exposed',
	contentType: 'content type',
	/** Labels of the buttons, by what they quote. */
	fixes: {
		'use-model': (prefix: string) => `Use ${prefix} and resend`,
		'use-prefix': (prefix: string) => `Use ${prefix} and resend`,
		'use-instead': (name: string) => `Use ${name} and resend`,
		'turn-off': (name: string) => `Turn off ${name} and resend`,
		'drop-first': () => 'Leave out what comes before and resend',
		'drop-last': () => 'Leave out the last answer and resend',
		'drop-blank': () => 'Leave out what is blank and resend',
		'replace-key': () => 'Replace the key',
		gateway: () => 'Look at the gateway',
		'resend-history': () => 'Resend the history',
		'resend-elsewhere': () => 'Resend the history in another Region',
		'change-region': () => 'Change the Region',
		'choose-model': () => 'Choose another model',
		'test-connection': () => 'Test the connection',
		'copy-curl': () => 'Check with cURL',
		'use-relay': () => 'Use the relay and try again',
		'leave-relay': () => 'Turn the relay off and try again',
		continue: () => 'Continue',
		retry: () => 'Try again'
	} satisfies Record<FixCode, (value: string) => string>
});
