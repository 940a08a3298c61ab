import '../apis/builders.ts';
import { targetOf } from '../catalog/targets.ts';
import { isServerCall } from '../model/tool-calls.ts';
import { placeOf } from '../model/response-node.ts';
import { readChain } from '../snippets/chain.ts';
import type { ChainProgram, ChainStep } from '../snippets/chain.ts';
import type { Conversation } from './conversation.svelte.ts';

/** The requests of the branch up to a turn as a program sends them again; undefined where one can't be written so. */
export function programTo(conversation: Conversation, turn: string): ChainProgram | undefined {
	const { api, runs, tree } = conversation;
	const steps: ChainStep[] = [];
	for (const { message } of tree.pathTo(turn)) {
		const run = message.from && runs.facts.get(message.from.run);
		// What was never answered has nothing to continue.
		if (run === undefined || message.parts.length === 0) continue;
		const draft = conversation.draftOf(run);
		if (draft === undefined) return undefined;
		const typed = runs.typedAs(run.sent);
		const target = targetOf(`${placeOf(run).base}/responses`);
		const { request } = api.build(draft, target);
		steps.push({
			request: typed === undefined ? request : { ...request, body: typed },
			...(run.responseId !== undefined && { responseId: run.responseId }),
			calls: message.parts.flatMap((part) =>
				part.type === 'tool-call' && !isServerCall(part) ? [part.id] : []
			)
		});
	}
	return steps.length === 0 ? undefined : readChain(steps);
}
