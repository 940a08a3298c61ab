import { refusesParent } from '../errors/named-parameter.ts';
import type { ServiceError } from '../model/event.ts';
import type { ResponseState } from '../model/response-state.ts';
import type { Run } from '../model/run.ts';
import { saveService } from '../storage/runs.ts';
import type { Conversation } from './conversation.svelte.ts';

/**
 * Notes what the service holds of the response of a run, as it was learnt after the run: it is shown at once, and stored.
 * Without room to store it, it lasts as long as the page. Of a run that is not of this conversation nothing is noted.
 */
export async function setServiceState(
	{ runs }: Pick<Conversation, 'runs'>,
	id: string,
	state: ResponseState
): Promise<void> {
	const run = runs.facts.get(id);
	if (run === undefined) return;
	const known: Run = { ...run, service: { state, at: Date.now() } };
	runs.set(known);
	await saveService(known).catch(() => undefined);
}

/**
 * Notes that the service can't continue the parent of `run`, where the refusal names the parameter for it. Whether it was
 * deleted, has expired or was never kept the service does not say; that it is not finished it may.
 */
export async function noteRefusal(
	conversation: Pick<Conversation, 'runs'>,
	run: Run,
	error: ServiceError
): Promise<void> {
	const parent = [...conversation.runs.facts.values()].find(({ responseId }) => {
		return responseId !== undefined && responseId === run.chain?.responseId;
	});
	if (parent === undefined || !refusesParent(error)) return;
	await setServiceState(conversation, parent.id, unfinishedIn(error.message) ?? 'unknown');
}

/** The state that a sentence such as "Response 'x' is in_progress and cannot be continued." tells. */
function unfinishedIn(message: string): ResponseState | undefined {
	if (/\bin[_ -]progress\b/i.test(message)) return 'in-progress';
	const states = ['queued', 'failed', 'cancelled', 'incomplete'] as const;
	return states.find((state) => new RegExp(`\\bis ${state}\\b`, 'i').test(message));
}
