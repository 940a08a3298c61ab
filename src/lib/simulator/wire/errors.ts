import type { ApiName } from '../call.ts';
import type { Reply } from './reply.ts';
import { newJsonReply } from './reply.ts';

/** An error as the service knows it, before an API gives it its shape. */
export interface Problem {
	status: number;
	/** The exception's name on native paths, such as `ValidationException`. */
	exception: string;
	message: string;
	/** The code on OpenAI paths; default by status. */
	code?: string;
	/** The parameter that an OpenAI error names. */
	param?: string;
}

const openAiKinds: Readonly<Record<number, readonly [code: string, type: string]>> = {
	400: ['validation_error', 'invalid_request_error'],
	401: ['invalid_api_key', 'authentication_error'],
	403: ['access_denied', 'permission_denied_error'],
	404: ['not_found', 'invalid_request_error'],
	408: ['timeout', 'timeout_error'],
	424: ['model_error', 'model_error'],
	429: ['rate_limit_exceeded', 'rate_limit_error'],
	500: ['internal_server_error', 'server_error'],
	503: ['service_unavailable', 'server_error']
};

/** The problem of a request that breaks a rule: status 400. */
export function newInvalid(message: string, param?: string): Problem {
	return {
		status: 400,
		exception: 'ValidationException',
		message,
		...(param !== undefined && { param })
	};
}

/** A reply in the shape of the API. */
export function refuse(api: ApiName, problem: Problem): Reply {
	return api === 'converse' ? refuseNatively(problem) : refuseAsOpenAi(problem);
}

/** A reply in the shape of the native paths: `{"message"}`, and the exception's name in a header. */
export function refuseNatively({ status, exception, message }: Problem): Reply {
	return newJsonReply(
		status,
		{ message },
		{ 'x-amzn-errortype': `${exception}:http://internal.amazon.com/coral/com.amazon.bedrock/` }
	);
}

/** A reply in the shape of the OpenAI paths. */
export function refuseAsOpenAi(problem: Problem): Reply {
	return newJsonReply(problem.status, { error: openAiErrorOf(problem) });
}

/** The `error` member of an OpenAI body. */
export function openAiErrorOf({ status, message, code, param }: Problem): object {
	const [usual, type] = openAiKinds[status] ?? ['error', 'error'];
	return { code: code ?? usual, message, param: param ?? null, type };
}

/** What the runtime says to a path that it does not know: an error in a 200. */
export function refuseUnknownOperation(): Reply {
	return newJsonReply(200, {
		Output: { __type: 'com.amazon.coral.service#UnknownOperationException' },
		Version: '1.0'
	});
}

/** What mantle says to a path that it does not know. */
export function refuseUnknownPath(path: string): Reply {
	return refuseAsOpenAi({ status: 404, exception: '', message: `Unknown request URL: ${path}` });
}
