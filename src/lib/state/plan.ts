import type { RequestApi } from '../apis/api.ts';
import '../apis/builders.ts';
import { crc32 } from '../http/crc32.ts';
import { newId } from '../model/draft.ts';
import type { Chain, Draft, Part } from '../model/draft.ts';
import type { Head } from '../model/exchange.ts';
import type { KeyIdentity } from '../model/key.ts';
import type { HttpRequest, Target } from '../model/request.ts';
import { isAtWork, stateOfStatus } from '../model/response-state.ts';
import type { Answer, Run } from '../model/run.ts';
import type { SentSettings, Turn } from '../model/turn.ts';
import { draftOf } from '../model/turns.ts';

/** One request on its way out, as it was when Send was pressed: what is edited afterwards is not part of it. */
export interface Plan {
	/** As it starts. */
	run: Run;
	request: HttpRequest;
	/** Turns that this request adds to the tree. */
	added: readonly Turn[];
	sent: SentSettings;
}

/** What a plan is made of. */
export interface Ingredients {
	api: RequestApi;
	target: Target;
	conversation: string;
	/** The turns that are sent, first to last; those of `added` among them. */
	path: readonly Turn[];
	added: readonly Turn[];
	sent: SentSettings;
	chain: Chain | undefined;
	/** The body as somebody typed it, where it does not go as it is built. */
	body: string | undefined;
	/** Id of the key in use; absent in the demo. */
	key: string | undefined;
	/** Whose key it is. */
	identity: KeyIdentity | undefined;
	/** Puts the bytes of attachments into a draft. */
	inline: (draft: Draft) => Draft;
}

/** Builds a request and the facts of its run. */
export function newPlan(from: Ingredients): Plan {
	const { api, target, conversation, path, added, sent, chain, key, identity, body: typed } = from;
	const { request: built } = api.build(from.inline(draftOf(sent.settings, path, chain)), target);
	const request = typed === undefined ? built : { ...built, body: typed };
	const { method, url, headers, body = '' } = request;
	const asked = path.at(-1)?.id;
	const run: Run = {
		...{ v: 2, id: newId(), api: api.id, conversation, turn: newId() },
		...(asked !== undefined && { asked }),
		startedAt: Date.now(),
		...(key !== undefined && { key }),
		...(identity !== undefined && { identity }),
		simulated: key === undefined,
		request: { method, url, headers },
		body: factsOf(body),
		sent: sent.id,
		...(chain !== undefined && { chain }),
		draftModel: sent.settings.model,
		times: {},
		received: { frames: 0, bytes: 0 }
	};
	return { run, request, added, sent };
}

/** A run that was begun and goes on at the service by itself. */
export interface Begun {
	plan: Plan;
	/** What came of it by the request that began it. */
	answer: Answer;
	/** Whether its beginning is stored. */
	isStored: boolean;
	/** Whether the page has turned away from it, and not a person stopped it. */
	isLeft: boolean;
}

/** A run that was found on the service, with the turns of its request and its answer. */
export interface Taken {
	sent: SentSettings;
	run: Run;
	turns: readonly Turn[];
}

/** Whether a request asks the service to go on with the response by itself. */
export function isInBackground({ settings, body }: SentSettings): boolean {
	const { params, extra } = settings;
	if (body !== undefined) return /"background"\s*:\s*true/.test(body);
	return (params.background ?? extra?.responses?.['background']) === true;
}

/**
 * The run of a plan as it is followed, where the service goes on with it after the request that began it: it says so, or
 * was asked to, and only the connection has ended.
 */
export function followedRun({ run, sent }: Plan, answer: Answer): Run | undefined {
	const { responseId, status, headers, model, outcome, times } = answer;
	const said = outcome.end === 'unfinished' ? stateOfStatus(outcome.status) : undefined;
	const isCut = outcome.end === 'cut-short' || outcome.end === 'stopped';
	const isCutOff = isCut && isInBackground(sent);
	const state = isAtWork(said) ? said : isCutOff ? 'in-progress' : undefined;
	if (responseId === undefined || state === undefined) return undefined;
	return {
		...run,
		...{ responseId, service: { state, at: Date.now() } },
		...(status !== undefined && { status }),
		...(headers !== undefined && { headers }),
		...(model !== undefined && { model }),
		times: { ...(times.headers !== undefined && { headers: times.headers }) }
	};
}

/** A run with what the head of its answer says. */
export function withHead(run: Run, { status, headers, t }: Head): Run {
	return { ...run, status, headers, times: { ...run.times, headers: t } };
}

/** A run that is over, and the turns of its answer. */
export interface Ended {
	run: Run;
	turns: [Turn, ...Turn[]];
}

/**
 * What a run has come to, and the turns of its answer: one, or one for each where several were asked for. Only the first
 * is the run's `turn`; how the others ended stands in its `ends`.
 */
export function settle(started: Run, answer: Answer): Ended {
	const { parts, others = [], ...facts } = answer;
	const run: Run = { ...started, ...facts };
	const at = Date.now();
	// A ms apart, so that they keep their order when they are loaded again; with ids that are the same where two pages, or
	// two places of one, end the same run that was left behind.
	const turns = others.map(({ index, parts: said }, i) =>
		answerTurn(run, `${run.turn}-${index}`, said, at + i + 1)
	);
	const ends = turns.map(({ id }, i) => [id, others[i]?.reason ?? ''] as const);
	return {
		run: turns.length === 0 ? run : { ...run, ends: Object.fromEntries(ends) },
		turns: [answerTurn(run, run.turn, parts, at), ...turns]
	};
}

function answerTurn(run: Run, id: string, parts: Part[], at: number): Turn {
	return {
		...{ v: 2, id, conversation: run.conversation },
		...(run.asked !== undefined && { parent: run.asked }),
		at,
		message: { id, role: 'assistant', parts, from: { run: run.id, model: run.draftModel } }
	};
}

/**
 * The request of a run as it was sent, built again from the turns that it answered. `isExact` is false where this
 * version of the page builds it otherwise, which the length and checksum of the body tell. What was `typed` is not built.
 */
export function rebuildRequest(
	run: Run,
	api: RequestApi,
	draft: Draft,
	target: Target,
	typed: string | undefined
): { request: HttpRequest; isExact: boolean } {
	// What was read back from the service was asked for, not built.
	if (run.request.method === 'GET') return { request: run.request, isExact: true };
	const body = typed ?? api.build(draft, target).request.body;
	const { length, crc } = factsOf(body ?? '');
	const isExact = length === run.body.length && crc === run.body.crc;
	return { request: { ...run.request, ...(body !== undefined && { body }) }, isExact };
}

function factsOf(body: string): Run['body'] {
	const bytes = new TextEncoder().encode(body);
	return { length: bytes.length, crc: crc32(bytes, 0, bytes.length) };
}
