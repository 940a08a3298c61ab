import { responseRunOf } from './chain.ts';
import type { KeyIdentity } from './key.ts';
import { endpointOf } from './request.ts';
import type { Target } from './request.ts';
import { parentOf, statesOf } from './response-state.ts';
import type { Moment, ResponseState, SettingsOf } from './response-state.ts';
import type { Run } from './run.ts';
import type { Turn } from './turn.ts';

/** A response in the tree of a conversation: what this page knows of what the service knows. */
export interface ResponseNode {
	/** The turn that holds the answer. */
	turn: Turn;
	run: Run;
	/** As the service calls it. */
	responseId: string;
	/** `previous_response_id` as it was sent; absent where the messages went along instead. */
	parent?: string;
	/** The turn of the answer before it in the tree; absent for a first one. */
	before?: string;
	state: ResponseState;
}

/** Where a response was made, which is where it is kept. */
export interface Place {
	endpoint: Target['endpoint'];
	/** What the path of the API was appended to: the prefix included. */
	base: string;
	/** `/v1`, `/openai/v1`. */
	prefix: string;
	/** '' for what is not Bedrock's. */
	region: string;
}

/** What nodes are read from. */
export interface Known extends Moment {
	turns: ReadonlyMap<string, Turn>;
	runs: ReadonlyMap<string, Run>;
	settingsOf: SettingsOf;
}

/** The responses of all branches of a conversation, the oldest first. */
export function nodesOf({ turns, runs, settingsOf, ...moment }: Known): ResponseNode[] {
	const states = statesOf(runs.values(), settingsOf, moment);
	const nodes: ResponseNode[] = [];
	const byTurn = new Map<string, Run>();
	for (const { id, message } of turns.values()) {
		const run = responseRunOf(message, runs);
		if (run !== undefined) byTurn.set(id, run);
	}
	const before = newFinder(turns, (id) => byTurn.has(id));
	for (const [id, run] of byTurn) {
		const turn = turns.get(id);
		if (turn === undefined || run.responseId === undefined) continue;
		const parent = parentOf(run, settingsOf(run.sent));
		const above = before(turn.parent);
		nodes.push({
			...{ turn, run, responseId: run.responseId, state: states.get(run.id) ?? 'unknown' },
			...(parent !== undefined && { parent }),
			...(above !== undefined && { before: above })
		});
	}
	return nodes.sort((a, b) => a.turn.at - b.turn.at);
}

/** Finds the nearest turn up the tree, from one on, that `is` so. What was found is not looked for again. */
export function newFinder(
	turns: ReadonlyMap<string, Turn>,
	is: (id: string) => boolean
): (from: string | undefined) => string | undefined {
	const found = new Map<string, string | undefined>();
	return (from) => {
		// A Set, because a damaged store could name a turn as its own ancestor.
		const passed = new Set<string>();
		let id = from;
		while (id !== undefined && !is(id) && !found.has(id) && !passed.has(id)) {
			passed.add(id);
			id = turns.get(id)?.parent;
		}
		const nearest = id === undefined || passed.has(id) ? undefined : is(id) ? id : found.get(id);
		for (const one of passed) found.set(one, nearest);
		return nearest;
	};
}

/** Where a run was sent. */
export function placeOf({ request }: Pick<Run, 'request'>): Place {
	const { hostname, origin, pathname } = new URL(request.url);
	const prefix = pathname.replace(/\/responses$/, '');
	const [, region = ''] =
		/^bedrock-(?:runtime|mantle)(?:-fips)?\.([a-z0-9-]+)\./.exec(hostname) ?? [];
	return { endpoint: endpointOf(hostname), base: origin + prefix, prefix, region };
}

/** Whose key a run was sent with, also where the key is gone; undefined where nothing is known of it. */
export function keyOf(run: Run, inUse: { id: string; identity?: KeyIdentity } | undefined) {
	return run.identity ?? (inUse?.id === run.key ? inUse?.identity : undefined);
}
