import { describe, expect, it } from 'vitest';
import { isErrorEnvelope, parseServiceError } from './service-error.ts';

const denied = 'User: arn:aws:iam::1:user/x is not authorized to perform: bedrock:InvokeModel';
const onDemand = 'Invocation of model ID x with on-demand throughput isn’t supported.';

describe('parseServiceError', () => {
	// The words of a body, and the code in it.
	it.each<[string, unknown, string, string?]>([
		['capital Message', { Message: 'Bearer Token has expired' }, 'Bearer Token has expired'],
		['message', { message: denied }, denied],
		['__type', { __type: 'a.b#ThrottlingException', message: 'x' }, 'x', 'ThrottlingException'],
		['__type alone', { __type: 'a#InternalFailure' }, '', 'InternalFailure'],
		['OpenAI', { error: { message: 'm', type: 't', code: 'c', param: null } }, 'm', 'c'],
		['OpenAI without code', { error: { message: 'm', type: 't', code: null } }, 'm', 't'],
		['a number as code', { error: { message: 'm', code: 429 } }, 'm', '429'],
		['error as text', { error: 'no such deployment' }, 'no such deployment'],
		['error in error', { error: { error: { message: 'm' } } }, 'm'],
		['detail as text', { detail: 'Invalid API Key' }, 'Invalid API Key'],
		['detail as object', { detail: { error: { message: 'm' } } }, 'm'],
		[
			'detail as list',
			{
				detail: [
					{ loc: ['body', 'messages', 0], msg: 'Field required', type: 'missing' },
					{ loc: ['body', 'model'], msg: 'Input should be a string', type: 'type' }
				]
			},
			'body.messages.0: Field required; body.model: Input should be a string'
		],
		[
			'Anthropic',
			{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
			'Overloaded',
			'overloaded_error'
		],
		[
			'a Responses event',
			{ type: 'error', code: 'server_error', message: 'm' },
			'm',
			'server_error'
		],
		[
			'Coral',
			{ Output: { __type: 'com.amazon.coral.service#UnknownOperationException' }, Version: '1.0' },
			'',
			'UnknownOperationException'
		],
		['curly quotes', { message: onDemand }, onDemand],
		['words empty at first', { message: '', error: { message: 'm' } }, 'm'],
		['a JSON text', 'Unauthorized', 'Unauthorized'],
		['nothing known', { foo: 'bar' }, '{"foo":"bar"}']
	])('finds the words of %s', (_, body, message, code) => {
		const raw = JSON.stringify(body);
		const wanted = { status: 400, message, raw, ...(code !== undefined && { code }) };
		expect(parseServiceError(400, {}, raw)).toEqual(wanted);
	});

	it.each([
		['text', ' 1 validation error for ChatRequest\n', '1 validation error for ChatRequest'],
		['nothing', '', ''],
		['HTML by its title', '<!doctype html><TITLE>\n502 Bad  Gateway</TITLE>…', '502 Bad Gateway'],
		['HTML by its heading', '<html><h1 class="x">It&#39;s &lt;down&gt;</h1>', "It's <down>"],
		['HTML by its text', '<p>Sorry &amp;</p><p>gone</p>', 'Sorry & gone'],
		['broken JSON', '{"message":"cut he', '{"message":"cut he']
	])('says %s that is not JSON', (_, raw, message) => {
		expect(parseServiceError(502, {}, raw)).toEqual({ status: 502, message, raw });
	});

	it('takes code, words and request id from headers where the body has none', () => {
		const headers = {
			'x-amzn-errortype': 'ValidationException:http://internal.amazon.com/coral/',
			'x-amzn-errormessage': 'words',
			'x-amzn-requestid': 'r-1',
			'x-request-id': 'r-2'
		};
		const wanted = { code: 'ValidationException', message: 'words', requestId: 'r-1' };
		expect(parseServiceError(400, headers, '{}')).toMatchObject(wanted);
	});

	it.each([
		[{ 'x-request-id': 'h' }, {}, 'h'],
		[{}, { request_id: 'b' }, 'b'],
		[{}, { error: { message: 'm', request_id: 'e' } }, 'e']
	])('finds the request id in %j and %j', (headers, body, requestId) => {
		expect(parseServiceError(400, headers, JSON.stringify(body))).toMatchObject({ requestId });
	});

	it.each([
		['deep JSON', '{"error":'.repeat(50_000) + '1' + '}'.repeat(50_000)],
		['places', JSON.stringify({ detail: [{ loc: [{ toString: 1 }], msg: 'm' }] })],
		['colons', JSON.stringify({ __type: `${':'.repeat(500_000)}\n` })],
		['open tags', '<title'.repeat(200_000)],
		['ampersands', '<' + 'p>&amp'.repeat(200_000)]
	])('takes its time with hostile %s no longer than 500 ms', (_, raw) => {
		// The shortest of several: what a busy machine takes away is not the reader's.
		const times = Array.from({ length: 5 }, () => {
			const start = performance.now();
			expect(parseServiceError(500, {}, raw).raw).toBe(raw);
			return performance.now() - start;
		});
		expect(Math.min(...times)).toBeLessThan(500);
	});
});

describe('isErrorEnvelope', () => {
	it.each([
		[{ error: { message: 'm' } }, true],
		[{ error: 'm' }, true],
		[{ type: 'error', message: 'm' }, true],
		[{ Output: { __type: 'x#UnknownOperationException' } }, true],
		[{ __type: 'x#Y' }, true],
		[{ error: null, status: 'completed' }, false],
		[{ choices: [] }, false],
		[null, false],
		['error', false]
	])('says whether %j is one', (value, wanted) => {
		expect(isErrorEnvelope(value)).toBe(wanted);
	});
});
