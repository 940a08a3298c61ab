import type { ApiName } from '../call.ts';
import { newInvalid, openAiErrorOf, refuse, refuseUnknownOperation } from '../wire/errors.ts';
import type { Fault } from './fault.ts';
import type { Reply } from '../wire/reply.ts';
import { newJsonReply } from '../wire/reply.ts';
import { newFault } from './new-fault.ts';

const OPENAI_APIS: readonly ApiName[] = ['chat-completions', 'responses'];

/** What is said about keys. */
export const keyFaults: readonly Fault[] = [
	newShape('expired-key', 403, 'The key has expired; the message has a capital.', {
		Message: 'Bearer Token has expired'
	}),
	newShape('expired-token', 403, 'The security token of the session has expired.', {
		Message: 'The security token included in the request is expired'
	}),
	newShape('invalid-key', 403, 'The runtime does not know the key.', {
		Message: 'Authentication failed: Please make sure your API Key is valid.'
	}),
	newShape('wrong-region', 403, 'The key is for another Region.', {
		Message: 'Credential should be scoped to a valid region'
	}),
	{
		...newFault('invalid-api-key', 'Mantle does not know the key.', OPENAI_APIS),
		words: 'Invalid API key',
		answer: (api) => refuse(api, { status: 401, exception: '', message: 'Invalid API key' })
	}
];

/** Errors by the shape of their body. */
export const shapeFaults: readonly Fault[] = [
	newShape('coral-error', 400, 'An error of the native paths, on any path.', {
		message: 'The provided request is not valid.'
	}),
	newShape('type-in-body', 400, 'The name of the exception is in the body.', {
		__type: 'com.amazon.coral.validate#ValidationException',
		message: '1 validation error detected.'
	}),
	newShape('capital-message', 403, 'The message is called Message.', {
		Message: 'Access is denied.'
	}),
	newShape('openai-error', 400, 'An error of the OpenAI paths, on any path.', {
		error: openAiErrorOf(newInvalid('Invalid value for the request.'))
	}),
	newShape('anthropic-error', 400, 'An error of the Messages API, on any path.', {
		type: 'error',
		error: { type: 'invalid_request_error', message: 'max_tokens: Field required' },
		request_id: 'req_011CSimulated'
	}),
	newShape('detail-string', 401, 'A gateway made with FastAPI refuses the key.', {
		detail: 'Invalid API Key'
	}),
	newShape('detail-list', 422, 'A gateway made with FastAPI lists what is wrong.', {
		detail: [{ type: 'missing', loc: ['body', 'messages'], msg: 'Field required', input: {} }]
	}),
	newText('plain-text', 400, 'text/plain', 'A gateway answers in plain text.', 'Unsupported model'),
	newText(
		'proxy-html',
		502,
		'text/html',
		'A proxy answers with a page of its own.',
		'<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n'
	),
	{ ...newText('empty-error', 503, 'application/json', 'An error without a body.', ''), words: '' }
].map(({ words, ...fault }) => (words === '' ? fault : { ...fault, words: words ?? '' }));

/** Errors that arrive with a 200. */
export const falseSuccessFaults: readonly Fault[] = [
	{
		...newFault('unknown-operation', 'The runtime does not know the path, and says so in a 200.'),
		end: 'error-in-200',
		words: 'com.amazon.coral.service#UnknownOperationException',
		answer: () => refuseUnknownOperation()
	},
	{
		...newFault('error-in-200', 'The body of a 200 is an error.'),
		end: 'error-in-200',
		words: 'The request could not be processed.',
		answer: () =>
			newJsonReply(200, { error: openAiErrorOf(newInvalid('The request could not be processed.')) })
	},
	{
		...newText(
			'html-in-200',
			200,
			'text/html',
			'A portal answers with a page of its own.',
			'<!doctype html><title>Sign in to the network</title><h1>Sign in to the network</h1>'
		),
		end: 'not-an-answer',
		words: 'Sign in to the network'
	},
	{
		...newFault('broken-json', 'The JSON body of a 200 ends in the middle.'),
		end: 'not-an-answer',
		answer: () => ({
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: '{"id":"broken","output":[{"text":"This answer st'
		})
	}
];

function newShape(name: string, status: number, about: string, body: object): Fault {
	return {
		...newFault(name, about),
		words: findWords(body),
		answer: () => newJsonReply(status, body)
	};
}

function newText(name: string, status: number, type: string, about: string, body: string): Fault {
	const reply: Reply = { status, headers: { 'content-type': type }, body };
	const words = /<title>(.*)<\/title>/.exec(body)?.[1] ?? body;
	return { ...newFault(name, about), words, answer: () => reply };
}

// The words are where each shape keeps them: the deepest of these members that is a text.
function findWords(body: object): string {
	for (const [name, value] of Object.entries(body)) {
		if (typeof value === 'string' && /^(?:message|Message|msg|detail)$/.test(name)) return value;
		const inner = Array.isArray(value) ? value[0] : value;
		if (typeof inner === 'object' && inner !== null) return findWords(inner);
	}
	return '';
}
