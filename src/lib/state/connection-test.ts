import type { RequestApi } from '../apis/api.ts';
import { builders } from '../apis/builders.ts';
import { send } from '../http/send.ts';
import { newMessage } from '../model/draft.ts';
import type { Unreachable } from '../model/exchange.ts';
import { smallestBudget } from '../model/params.ts';
import type { Params } from '../model/params.ts';
import type { HttpRequest, Target } from '../model/request.ts';
import type { KeyRing } from './key-ring.svelte.ts';
import type { Fetch } from './runner.ts';

/**
 * What a test has found. An answer of any kind shows that the host is reached and may be read; `verdict` says what else it
 * shows. `late`: nothing in 15 s. `other-region`: not sent, because the key may not go there.
 */
export type ConnectionTest =
	| { status: number; ms: number; verdict: Verdict }
	| { unreachable: Unreachable }
	| 'other-region'
	| 'late';

export type Verdict =
	/** The key was taken. */
	| 'works'
	/** 401 or 403: an answer about the key and its permissions. */
	| 'key'
	/** Some other refusal, as of a model, a budget of tokens or a list that is not there: nothing against connection or key. */
	| 'reached'
	/** It is there, but too busy or out of order. */
	| 'trouble'
	/** Something in between has answered in its place. */
	| 'foreign';

/** One request that tests a connection. */
export interface TestRequest {
	request: HttpRequest;
	/** Whether it may cost something: then the person is asked first. */
	isBilled: boolean;
	/** The status by which the service says that all but the model is in order; absent: only a success does. */
	missing?: readonly number[];
}

/** Nobody’s model: a request for it is built, sent, authorised and refused like any other, and costs nothing. */
const noModel = 'test.no-such-model-v1:0';

/** ms after which a test is given up. */
const patience = 15_000;

/**
 * A test that costs nothing. mantle and gateways are asked for their list of models. Runtime has none: there it is a
 * Converse request for a model that does not exist, the same in method, path and headers as a real one.
 */
export function freeTest({ endpoint, base }: Target): TestRequest {
	if (endpoint !== 'runtime') {
		const list = endpoint === 'gateway' ? base : `${new URL(base).origin}/v1`;
		return { isBilled: false, request: { method: 'GET', url: `${list}/models`, headers: {} } };
	}
	const target: Target = { endpoint, base: new URL(base).origin };
	const { request } = builders.converse(sayHi(noModel, smallestBudget), target);
	return { isBilled: false, request, missing: [400, 404] };
}

/** A test by a real request of an API: the shortest there is, which is billed. Nothing of its answer is stored by the service. */
export function billedTest(
	api: RequestApi,
	target: Target,
	{ model, stream }: { model: string; stream?: boolean | undefined }
): TestRequest {
	const params: Params = {
		...smallestBudget,
		...(api.params.store !== undefined && { store: false })
	};
	const draft = { ...sayHi(model, params), ...(stream !== undefined && { stream }) };
	return { isBilled: true, request: builders[api.id](draft, target).request };
}

/**
 * Sends a test and judges what it set out to judge. It is stopped by `signal`, and gives undefined then.
 *
 * @param secret Absent: it is sent without a key, as to a gateway that wants none.
 */
export async function runTest(
	{ request, missing = [] }: TestRequest,
	{ secret, key }: { secret?: string | undefined; key?: string | undefined },
	signal: AbortSignal,
	fetch?: Fetch
): Promise<ConnectionTest | undefined> {
	const limit = AbortSignal.timeout(patience);
	const { status, headers, end, times } = await send({
		request,
		signal: AbortSignal.any([signal, limit]),
		...(secret !== undefined && { secret }),
		...(key !== undefined && { key }),
		...(fetch !== undefined && { fetch }),
		// What it would say is not read: an answer that goes on for ever has answered.
		onchunk: () => 'enough'
	});
	if (signal.aborted) return undefined;
	if (typeof end === 'object' && 'unreachable' in end) return { unreachable: end.unreachable };
	if (status === undefined) return limit.aborted ? 'late' : { unreachable: 'no-answer' };
	const verdict = judge(status, headers?.['content-type'], missing);
	return { status, ms: times.headers ?? times.end, verdict };
}

/** Runs a test with the key in use that may go to its host. Gives undefined where it was stopped or the key is gone. */
export async function testWithKey(
	test: TestRequest,
	keys: Pick<KeyRing, 'keyFor' | 'credentialsFor'>,
	signal: AbortSignal,
	fetch?: Fetch
): Promise<ConnectionTest | undefined> {
	const { url } = test.request;
	const key = keys.keyFor({ base: url });
	if (key === undefined) return 'other-region';
	const credentials = await keys.credentialsFor(key.id, url);
	return credentials && runTest(test, credentials, signal, fetch);
}

function judge(status: number, type = '', missing: readonly number[]): Verdict {
	if (status === 407 || /^text\/html\b/.test(type)) return 'foreign';
	if (status === 401 || status === 403) return 'key';
	if (status === 429 || status >= 500) return 'trouble';
	return (status >= 200 && status <= 299) || missing.includes(status) ? 'works' : 'reached';
}

function sayHi(model: string, params: Params) {
	return { model, params, messages: [newMessage('user', 'Hi')] };
}
