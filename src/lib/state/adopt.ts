import { readItems, storedCalls } from '../apis/responses/stored.ts';
import { apis } from '../apis/index.ts';
import { readExchange } from '../http/read-answer.ts';
import { newId, newMessage } from '../model/draft.ts';
import type { Message, Part } from '../model/draft.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { getOwn } from '../model/json.ts';
import { isAtWork, stateOfStatus } from '../model/response-state.ts';
import type { Run } from '../model/run.ts';
import type { SentSettings, Turn } from '../model/turn.ts';
import type { Conversation } from './conversation.svelte.ts';
import type { Taken } from './plan.ts';
import { call, listInputItems } from './service-calls.ts';
import type { CallFailure, Kept } from './service-calls.ts';

/** A response as it was read back from the service. */
export interface Found {
	id: string;
	body: JsonObject;
	exchange: Exchange;
	/** The items of its own request; absent where the service does not list them, and why. */
	items?: Json[];
	itemsFailure?: CallFailure;
}

/** What looking an id up has brought: the response and those before it, the oldest first. */
export interface LookedUp {
	/** What the paths of the API are appended to, there. */
	base: string;
	found: Found[];
	/** Why the one before the oldest could not be read; the one that was asked for, where none was found. */
	failure?: CallFailure;
}

/** What is asked for at most: a chain that goes back further begins in the middle. */
const ancestorsAtMost = 50;

/** What is an id of a stored response; what stands around it, such as quotes, is left out. Undefined where there is none. */
export function readResponseId(text: string): string | undefined {
	return /\bresp_[\w-]{1,200}/.exec(text)?.[0];
}

/** Looks a response up on the service, with its input, and those before it as far as they are not known here. */
export async function lookUp(
	conversation: Conversation,
	id: string,
	base: string
): Promise<LookedUp> {
	const { caller } = conversation;
	const kept = newKept(conversation, base);
	const known = knownIn(conversation);
	const found: Found[] = [];
	let next: string | undefined = id;
	while (next !== undefined && !known.has(next) && found.length < ancestorsAtMost) {
		const called = await call(storedCalls.retrieve(base, next), kept, caller);
		if ('failure' in called) return { base, found, failure: called.failure };
		const listed = await listInputItems(base, next, kept, caller);
		found.unshift({
			...{ id: next, body: called.ok, exchange: called.exchange },
			...('items' in listed ? { items: listed.items } : { itemsFailure: listed.failure })
		});
		const before: unknown = called.ok['previous_response_id'];
		// One that names itself, or one before it again, would be asked for over and over.
		const isNew = typeof before === 'string' && !found.some((one) => one.id === before);
		next = isNew ? before : undefined;
	}
	return { base, found };
}

/** Makes what was found turns of the conversation's tree, after the response that they continue where that is known. */
export async function adopt(conversation: Conversation, looked: LookedUp): Promise<void> {
	const taken: Taken[] = [];
	const leaves = knownIn(conversation);
	const listed = new Set<unknown>();
	for (const found of looked.found) {
		const before: unknown = found.body['previous_response_id'];
		const parent = typeof before === 'string' ? leaves.get(before) : undefined;
		// Some services list with the items of a request those of the chain before it.
		const items = (found.items ?? []).filter((item) => !listed.has(getOwn(item, 'id') ?? item));
		for (const item of [...items, ...outputOf(found.body)]) listed.add(getOwn(item, 'id'));
		const one = newTaken(conversation, looked.base, { ...found, items }, parent);
		taken.push(one);
		leaves.set(found.id, one.run.turn);
	}
	await conversation.sender?.adopt(taken);
}

/** The answer that the service holds of a run whose end this page did not see, in a turn beside what it has of it. */
export async function takeAnswer(
	conversation: Conversation,
	run: Run,
	exchange: Exchange
): Promise<void> {
	const settings = conversation.runs.settingsOf(run.sent);
	const { outcome: _, service: __, asked, ...facts } = run;
	const { parts, ...answer } = readExchange(apis[conversation.api.id], exchange);
	const again: Run = {
		...facts,
		...answer,
		...{ id: newId(), turn: newId() },
		...(asked !== undefined && { asked })
	};
	if (settings === undefined) return;
	const sent = conversation.runs.sentAs(settings, conversation.runs.typedAs(run.sent));
	await conversation.sender?.adopt([{ sent, run: again, turns: [newAnswer(again, parts, asked)] }]);
}

function newTaken(
	conversation: Conversation,
	base: string,
	{ id, body, exchange, items = [] }: Found,
	parent: string | undefined
): Taken {
	const sent = newSent(conversation, body);
	const turns = newTurns(conversation, readItems(items), parent);
	const asked = turns.at(-1)?.id ?? parent;
	const { parts, outcome, ...facts } = readExchange(apis[conversation.api.id], exchange);
	const state = stateOfStatus(body['status']);
	const previous = body['previous_response_id'];
	const run: Run = {
		...{
			v: 2,
			id: newId(),
			api: conversation.api.id,
			conversation: conversation.id,
			turn: newId()
		},
		...(asked !== undefined && { asked }),
		startedAt: startOf(body, conversation),
		...newKept(conversation, base),
		request: exchange.request,
		body: { length: 0, crc: 0 },
		sent: sent.id,
		...(typeof previous === 'string' && { chain: { responseId: previous, after: parent ?? '' } }),
		draftModel: sent.settings.model,
		...facts,
		responseId: id,
		...(isAtWork(state) ? { service: { state, at: Date.now() } } : { outcome })
	};
	// Its answer is written when it is there.
	const answer = isAtWork(state) ? [] : [newAnswer(run, parts, asked)];
	return { sent, run, turns: [...turns, ...answer] };
}

/** Epoch ms; the simulator's are of this page, whatever the second they are rounded to. */
function startOf({ created_at: created }: JsonObject, { circumstances }: Conversation): number {
	const at = typeof created === 'number' ? created * 1000 : Date.now();
	return circumstances.key === undefined ? Math.max(at, circumstances.openedAt) : at;
}

function newSent({ runs }: Conversation, { model, instructions }: JsonObject): SentSettings {
	const system = typeof instructions === 'string' && instructions !== '' ? instructions : undefined;
	return runs.sentAs(
		{
			model: typeof model === 'string' ? model : '',
			...(system !== undefined && { system: newMessage('system', system) }),
			params: {}
		},
		undefined
	);
}

function newTurns(
	{ tree }: Conversation,
	messages: readonly Message[],
	parent: string | undefined
): Turn[] {
	const turns: Turn[] = [];
	for (const message of messages) {
		turns.push(tree.newTurn({ ...message, id: newId() }, turns.at(-1)?.id ?? parent));
	}
	// A ms apart, so that they keep their order when they are loaded again.
	return turns.map((turn, i) => ({ ...turn, at: turn.at + i }));
}

function newAnswer(
	{ id, turn, conversation, draftModel }: Run,
	parts: Part[],
	asked?: string
): Turn {
	return {
		...{ v: 2, id: turn, conversation },
		...(asked !== undefined && { parent: asked }),
		at: Date.now() + 1000,
		message: { id: turn, role: 'assistant', parts, from: { run: id, model: draftModel } }
	};
}

/** For whom and where something is kept that is asked for with the key in use. */
function newKept({ circumstances }: Conversation, base: string): Kept {
	const { key, identity } = circumstances;
	return {
		request: { method: 'GET', url: `${base}/responses`, headers: {} },
		simulated: key === undefined,
		...(key !== undefined && { key }),
		...(identity !== undefined && { identity })
	};
}

/** The turns of the responses that the conversation has, by the ids of the responses. */
function knownIn({ runs, tree }: Conversation): Map<string, string> {
	const known = new Map<string, string>();
	for (const { responseId, turn } of runs.facts.values()) {
		if (responseId !== undefined && tree.turns.has(turn)) known.set(responseId, turn);
	}
	return known;
}

function outputOf({ output }: JsonObject): Json[] {
	return Array.isArray(output) ? output : [];
}
