import type { Answer, Run } from '../model/run.ts';
import { openConversation } from '../storage/conversations.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { Conversation } from './conversation.svelte.ts';
import { Job } from './job.svelte.ts';
import type { LiveRun } from './live-run.svelte.ts';
import type { Begun } from './plan.ts';
import type { Sender } from './sender.ts';
import { setServiceState } from './service-state.ts';

/** Whose run is followed. */
interface Following {
	conversation: Conversation;
	sender: Sender;
	store: ConversationStore;
}

/** Follows the run of `live`, which the service goes on with by itself, to its end, and stores that. */
export async function follow(
	{ conversation, sender, store }: Following,
	live: LiveRun,
	begun?: Begun
): Promise<void> {
	const { run } = live;
	const { caller } = conversation;
	const job = new Job(live, {
		caller,
		onstate: (state) => void setServiceState(conversation, run.id, state),
		onfull: () => store.noteFull()
	});
	live.job = job;
	store.saveRun(run);
	if (begun?.answer.outcome.end === 'stopped' && !begun.isLeft) void job.cancel();
	if (begun?.isLeft) live.leave();
	const followed = await job.follow();
	live.end();
	if (followed === 'elsewhere') return takeEnded(conversation, sender, run);
	const answer = followed === 'left' ? newLeft(job, begun?.answer, run) : followed.answer;
	const { service: _, ...known } = conversation.runs.facts.get(run.id) ?? run;
	const ended = sender.settle(known, live, answer);
	await store.endRun(begun?.plan, ended, Promise.resolve(begun?.isStored ?? true));
	await caller.keyRing.note(run.key, ended.run.status);
}

/** What is left of a run that nobody follows any more: what had come, and the last word of the service. */
function newLeft({ state }: Job, before: Answer | undefined, { startedAt }: Run): Answer {
	const nothing = { parts: [], times: {}, received: { frames: 0, bytes: 0 } };
	const status = state === 'queued' ? 'queued' : 'in_progress';
	const answer = before ?? nothing;
	const times = { ...answer.times, end: Math.max(0, Date.now() - startedAt) };
	return { ...answer, times, outcome: { end: 'unfinished', status } };
}

async function takeEnded(
	{ id: conversation }: Conversation,
	sender: Sender,
	{ id }: Run
): Promise<void> {
	const stored = await openConversation(conversation);
	const run = stored?.runs.find((one) => one.id === id);
	const turns = stored?.turns.filter(({ message }) => message.from?.run === id) ?? [];
	if (run !== undefined) sender.takeEnded(run, turns);
}
