import type { Chain, Draft } from '../model/draft.ts';
import { isFollowed } from '../model/response-state.ts';
import type { Answer, Run } from '../model/run.ts';
import type { Turn } from '../model/turn.ts';
import { unwritten } from '../model/written.ts';
import type { Written } from '../model/written.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { Conversation, Surroundings } from './conversation.svelte.ts';
import { noResults } from './editor.svelte.ts';
import { LiveRun } from './live-run.svelte.ts';
import { followedRun, isInBackground, newPlan, settle, withHead } from './plan.ts';
import type { Begun, Ended, Plan, Taken } from './plan.ts';
import type { TypedBody } from './typed-body.svelte.ts';

/** How a request goes otherwise than the form says: what it continues, and the body that somebody typed for it. */
export interface SentAs {
	chain: Chain | undefined;
	body?: TypedBody;
}

/** The state of a conversation that a Send changes, to put it back where nothing was sent. */
type Before = Pick<Conversation['editor'], 'returned' | 'results'> & { leaf: string | undefined };

/** Sends requests of a conversation, one at a time, and sees each run to its end and into storage. */
export class Sender {
	readonly #of: Conversation;
	readonly #around: Surroundings;
	readonly #store: ConversationStore;

	constructor(of: Conversation, around: Surroundings, store: ConversationStore) {
		this.#of = of;
		this.#around = around;
		this.#store = store;
	}

	/**
	 * Sends what `path` says and sees the run to its end. `added` are those of its turns that are new, `typed` is what it
	 * takes out of the composer. Does nothing while another run goes on.
	 */
	run(
		path: readonly Turn[],
		added: readonly Turn[],
		typed = unwritten,
		as?: SentAs
	): Promise<void> {
		const { live, files } = this.#of;
		// Without the bytes of its attachments it would not be what is shown.
		if (live !== undefined || files.isLoading) return Promise.resolve();
		return this.#begin(() => this.#execute(path, added, typed, as));
	}

	/** Follows the runs that the service goes on with by itself, one after the other, as when the page is opened again. */
	async resume(): Promise<void> {
		for (const run of this.#of.runs.facts.values())
			if (this.#isFollowed(run)) await this.follow(run);
	}

	/** Follows a run that the service goes on with by itself until it is finished. */
	follow(run: Run): Promise<void> {
		if (this.#of.live !== undefined) return Promise.resolve();
		return this.#begin(() => this.#follow(run));
	}

	/** Adds what was found on the service, and shows the last of it. */
	async adopt(taken: readonly Taken[]): Promise<void> {
		const { live, editor, runs, tree } = this.#of;
		const last = taken.at(-1);
		if (live !== undefined || last === undefined) return;
		editor.returned = undefined;
		for (const { run, turns } of taken) {
			runs.set(run);
			tree.add(turns, turns.at(-1)?.id ?? tree.leaf);
		}
		this.#store.note();
		for (const { run, sent, turns } of taken)
			await this.#store.startRun({ run, sent, added: turns });
		if (this.#isFollowed(last.run)) void this.follow(last.run);
	}

	/** Shows the end of a run that another page has seen through. */
	takeEnded(run: Run, turns: readonly Turn[]): void {
		const { runs, tree } = this.#of;
		runs.set(run);
		tree.add(turns, tree.leaf === run.asked ? run.turn : tree.leaf);
		this.#of.live = undefined;
		this.#of.latest = run;
	}

	/**
	 * Ends a run that was followed with its answer. The service gave it in one piece, so what the run has drawn until then may
	 * lack some of it, or all.
	 */
	settle(started: Run, live: LiveRun, answer: Answer): Ended {
		const { parts } = answer;
		live.answer.update(
			parts,
			parts.map((_, part) => ({ part, replaced: true }))
		);
		return this.#settle(started, live, answer, unwritten);
	}

	#isFollowed(run: Run): boolean {
		return isFollowed(run, this.#around.openedAt) && this.#of.live === undefined;
	}

	/** Sees a run to its end, which `ended` tells; `run` makes it the one that goes on at once. */
	#begin(run: () => Promise<void>): Promise<void> {
		const of = this.#of;
		const ended = run();
		const { live } = of;
		// What fails on the way is a bug; it must not leave a run that never ends.
		of.ended = ended.finally(() => {
			if (of.live === live) of.live = undefined;
		});
		this.#around.onrun(of);
		return of.ended;
	}

	async #execute(
		path: readonly Turn[],
		added: readonly Turn[],
		typed: Written,
		as: SentAs | undefined
	): Promise<void> {
		const { api, editor, tree, runs } = this.#of;
		const before = { leaf: tree.leaf, returned: editor.returned, results: editor.results };
		const plan = this.#planOf(path, added, as);
		const live = this.#start(plan, path, typed, as);
		const takeBackNote = this.#store.noteStart();
		let isStored: Promise<boolean> = Promise.resolve(false);
		// Before the answer can be continued.
		const chaining = api.chains ? this.#around.parts.loadChaining() : undefined;
		const finished = await this.#around.runner.execute(api, live, plan.request, {
			onstart: () => {
				runs.set(plan.run);
				isStored = this.#store.startRun(plan);
			},
			onhead: (head) => {
				plan.run = withHead(plan.run, head);
			},
			onfold: ({ responseId }) => this.#noteId(plan, responseId)
		});
		await chaining;
		if (finished === undefined) {
			this.#takeBack(added, before, typed, as);
			return takeBackNote();
		}
		const { answer, end } = finished;
		const followed = followedRun(plan, answer);
		if (followed !== undefined) {
			await end();
			const begun = { plan, answer, isStored: await isStored, isLeft: live.isLeft };
			return this.#follow(followed, begun);
		}
		const ended = this.#settle(plan.run, live, answer, typed);
		await end((rest) => this.#store.endRun(plan, ended, isStored, rest));
		await this.#noteRefusal(ended.run);
		return this.#around.keyRing.note(plan.run.key, ended.run.status);
	}

	#planOf(path: readonly Turn[], added: readonly Turn[], as: SentAs | undefined): Plan {
		const { api, target, id: conversation, editor, runs, files, circumstances } = this.#of;
		const chain = as ? as.chain : editor.resend ? undefined : this.#of.chainOf(path);
		const body = as?.body?.settled;
		const sent = runs.sentAs(editor.settings, body);
		const { key, identity } = circumstances;
		const inline = (draft: Draft) => files.inline(draft);
		return newPlan({
			...{ api, target, conversation, path, added, sent, chain, key, identity, inline, body }
		});
	}

	/** Shows the run as the one that goes on, and takes what it sends out of the composer. */
	#start(plan: Plan, path: readonly Turn[], typed: Written, as: SentAs | undefined): LiveRun {
		const { editor, tree } = this.#of;
		const live = new LiveRun(plan.run);
		this.#of.live = live;
		tree.add(plan.added, path.at(-1)?.id);
		editor.returned = undefined;
		if (as?.body) editor.typed = undefined;
		if (typed !== unwritten) editor.write(unwritten);
		editor.results = noResults;
		return live;
	}

	/** Nothing was sent, so everything is as it was. */
	#takeBack(added: readonly Turn[], before: Before, typed: Written, as: SentAs | undefined): void {
		const { editor, tree } = this.#of;
		this.#of.live = undefined;
		tree.drop(added, before.leaf);
		editor.results = before.results;
		this.#giveBack(typed, before.returned);
		if (as?.body && editor.typed === undefined) editor.typed = as.body;
	}

	/** Notes the id of a response that goes on without this page, as soon as it is known: by it the page finds it again. */
	#noteId(plan: Plan, responseId: string | undefined): void {
		if (responseId === undefined || plan.run.responseId !== undefined) return;
		if (!isInBackground(plan.sent)) return;
		plan.run = { ...plan.run, responseId, service: { state: 'queued', at: Date.now() } };
		this.#of.runs.set(plan.run);
		this.#store.saveRun(plan.run);
	}

	/** Follows a run that the service goes on with by itself; `begun` is what this page has begun of it. */
	async #follow(run: Run, begun?: Begun): Promise<void> {
		const of = this.#of;
		const live = new LiveRun(run);
		of.live = live;
		of.runs.set(run);
		try {
			const jobs = await import('./jobs.ts').catch(() => undefined);
			const following = { conversation: of, sender: this, store: this.#store };
			await jobs?.follow(following, live, begun);
		} finally {
			// What follows it was out of reach: it is followed when the page is opened again.
			if (of.live === live) of.live = undefined;
		}
	}

	#settle(started: Run, live: LiveRun, answer: Answer, typed: Written): Ended {
		const { runs, tree } = this.#of;
		const ended = settle(started, answer);
		const { run, turns } = ended;
		runs.keepView(turns[0], live.answer);
		runs.set(run);
		// Whoever has gone to another branch meanwhile stays there.
		tree.add(turns, tree.leaf === run.asked ? turns[0].id : tree.leaf);
		this.#of.live = undefined;
		this.#of.latest = run;
		this.#store.note();
		// Nothing arrived, so the words go back to where they were written.
		if (run.outcome?.end === 'unreachable') this.#giveBack(typed, run.asked);
		return ended;
	}

	/** Notes that the service can't continue a response, where that is why it refused a run. */
	async #noteRefusal(run: Run): Promise<void> {
		const { outcome, chain } = run;
		if (chain === undefined || outcome === undefined || !('error' in outcome)) return;
		const service = await import('./service-state.ts').catch(() => undefined);
		await service?.noteRefusal(this.#of, run, outcome.error);
	}

	/** Puts what was written back into the composer, where nothing else was written meanwhile. */
	#giveBack(typed: Written, returned: string | undefined): void {
		const { editor } = this.#of;
		if (typed === unwritten || editor.composer !== '' || editor.parts.length > 0) return;
		editor.write(typed);
		editor.returned = returned;
	}
}
