import type { RequestApi } from '../apis/api.ts';
import { isThinkingOn, prefillOf } from '../catalog/prefill.ts';
import type { FoundWarning, History } from '../checks/check.ts';
import { targetFor } from '../catalog/targets.ts';
import type { Circumstances } from '../model/chain.ts';
import { applyChange } from '../model/draft-change.ts';
import type { DraftChange } from '../model/draft-change.ts';
import { newId, newMessage, textOf } from '../model/draft.ts';
import type { Chain, Draft, Message, Part } from '../model/draft.ts';
import { getOwn } from '../model/json.ts';
import { identityOf } from '../model/key.ts';
import type { AnyKey } from '../model/key.ts';
import type { HttpRequest } from '../model/request.ts';
import { isFollowed } from '../model/response-state.ts';
import type { Answer, Run } from '../model/run.ts';
import type { WrittenResults } from '../model/tool-calls.ts';
import type { ConversationRecord, RequestSettings, Turn } from '../model/turn.ts';
import { saysNothing, unwritten } from '../model/written.ts';
import type { Written } from '../model/written.ts';
import type { OpenedConversation } from '../storage/conversations.ts';
import { Branch, editParts } from './branch.ts';
import { ConversationStore, messageOf } from './conversation-store.ts';
import type { Listeners } from './conversation-store.ts';
import { Editor } from './editor.svelte.ts';
import { Files } from './files.svelte.ts';
import type { KeyRing } from './key-ring.svelte.ts';
import { LiveRun } from './live-run.svelte.ts';
import { NextRequest } from './next-request.svelte.ts';
import {
	draftOf,
	followedRun,
	isInBackground,
	newPlan,
	rebuildRequest,
	saidBy,
	saysSomething,
	settle
} from './plan.ts';
import type { Begun, Ended, Plan, Taken } from './plan.ts';
import type { Runner } from './runner.ts';
import { Runs } from './runs.svelte.ts';
import type { Caller } from './service-calls.ts';
import { ToolTray } from './tool-tray.svelte.ts';
import { Tree } from './tree.svelte.ts';
import type { TypedBody } from './typed-body.svelte.ts';
import type { Undo } from './undo.svelte.ts';

/** What is known to go wrong before a Send. */
export type Rules = typeof import('../checks/index.ts');

/** What finds the stored response that a request can continue. */
export type Chaining = typeof import('../model/chain.ts');

/** How a request goes otherwise than the form says: what it continues, and the body that somebody typed for it. */
interface SentAs {
	chain: Chain | undefined;
	body?: TypedBody;
}

/** What conversations share. */
export interface Surroundings extends Listeners {
	keyRing: KeyRing;
	runner: Runner;
	undo: Undo;
	/** The rules that a request is checked by before it is sent; undefined until they are loaded. */
	rules: () => Rules | undefined;
	/** Undefined until it is loaded: before the first answer nothing can be continued. */
	chaining: () => Chaining | undefined;
	loadChaining(): Promise<void>;
	/** Whether what builds requests is loaded. */
	canBuild: () => boolean;
	/** When this page was opened, in epoch ms: the simulator forgets with the page. */
	openedAt: number;
	/** Called when a run begins; `ended` tells when it is over. */
	onrun(conversation: Conversation): void;
}

/** A conversation: what is edited, the tree of what was said, and the run that goes on. */
export class Conversation {
	readonly api: RequestApi;
	readonly id: string;
	readonly editor = new Editor();
	/** What Send would send. */
	readonly next = new NextRequest(this);
	readonly tree: Tree;
	/** Changes of the branch that is shown. */
	readonly branch: Branch;
	readonly runs: Runs;
	/** The bytes of its attachments. */
	readonly files: Files;
	/** Where the results of tools are written. */
	readonly tray = new ToolTray(this);
	live: LiveRun | undefined = $state.raw();
	/** The run that ended last since the page was opened. */
	latest: Run | undefined = $state.raw();
	/** Resolves when the run that goes on has ended and is stored. */
	ended: Promise<void> = Promise.resolve();
	readonly #around: Surroundings;
	readonly #store: ConversationStore;

	/** A new conversation, one that was stored, or one of which only the id is known. */
	constructor(
		api: RequestApi,
		around: Surroundings,
		stored: OpenedConversation | { id: string } = { id: newId() }
	) {
		const opened = 'record' in stored ? stored : undefined;
		const { record, turns = [], runs = [], sent = [] } = opened ?? {};
		this.api = api;
		this.id = 'record' in stored ? stored.record.id : stored.id;
		this.#around = around;
		this.branch = new Branch(this, around.undo);
		const now = Date.now();
		this.#store = new ConversationStore(this, around, record ?? { startedAt: now, changedAt: now });
		this.runs = new Runs(this.id, runs, sent);
		this.files = new Files(() => around.onfull());
		void this.files.load(turns);
		this.tree = new Tree(this.id, turns, (added, removed) => {
			this.editor.returned = undefined;
			this.#store.saveTurns(added, removed);
		});
		if (record?.leaf !== undefined && this.tree.turns.has(record.leaf))
			this.tree.leaf = record.leaf;
	}

	/** The turns that the next message follows: where its text came back to the composer, those before it. */
	readonly base: readonly Turn[] = $derived.by(() => {
		const { path } = this.tree;
		const at = path.findIndex(({ id }) => id === this.editor.returned);
		return at === -1 ? path : path.slice(0, at);
	});

	readonly target = $derived.by(() =>
		targetFor(
			this.api,
			this.editor.settings,
			this.#around.keyRing.region,
			this.#around.keyRing.gateway?.base
		)
	);

	/** The key that Send would send with. */
	readonly key: AnyKey | undefined = $derived.by(() => this.#around.keyRing.keyFor(this.target));

	/** Whether the built-in simulator would answer: there is no key for this endpoint of Bedrock. */
	get isSimulated(): boolean {
		return this.key === undefined && this.target.endpoint !== 'gateway';
	}

	/** Whether the request is meant for a gateway and there is none, as when a link asks for one: it can't be sent. */
	get lacksGateway(): boolean {
		return this.key === undefined && this.target.endpoint === 'gateway';
	}

	/** Whether its requests can be built already. */
	get canBuild(): boolean {
		return this.#around.canBuild();
	}

	get rules(): Rules | undefined {
		return this.#around.rules();
	}

	/** The stored response that can be continued from here, whether or not it will be. */
	readonly chain: Chain | undefined = $derived.by(() =>
		this.#chainOf(this.base, this.tray.answering)
	);

	/** The run of the last answer of the branch that is shown. */
	readonly lastRun: Run | undefined = $derived.by(() => this.runs.of(this.tree.path.at(-1)));

	/** What a run's request was built from; undefined where its settings are gone. */
	draftOf(run: Run): Draft | undefined {
		const settings = this.runs.settingsOf(run.sent);
		return settings && this.files.inline(draftOf(settings, this.tree.pathTo(run.asked), run.chain));
	}

	/** The request of a run as it was sent; undefined where its settings are gone. */
	requestOf(run: Run): { request: HttpRequest; isExact: boolean } | undefined {
		const draft = this.draftOf(run);
		const typed = this.runs.typedAs(run.sent);
		return draft && rebuildRequest(run, this.api, draft, this.target, typed);
	}

	/** Makes what is written in the composer a message without sending it. One of the assistant's is there to be continued. */
	add(role: Message['role'] = 'user'): void {
		const { written } = this.editor;
		if (saysNothing(written)) return;
		const parent = this.base.at(-1)?.id;
		this.editor.write(unwritten);
		this.editor.returned = undefined;
		this.tree.append(messageOf(written, role), parent);
	}

	/** Sends the branch with what is written in the composer. */
	send(): Promise<void> {
		this.editor.settle();
		if (this.next.isRefused) return Promise.resolve();
		const { written, typed } = this.editor;
		if (typed !== undefined) return this.#sendTyped(typed);
		if (this.next.isEmpty) return Promise.resolve();
		if (saysNothing(written) && this.tray.message !== undefined) return this.sendResults();
		if (saysNothing(written)) return this.ask(this.base.findLast(saysSomething)?.id);
		const message = messageOf(written);
		// What tools gave goes along, before it.
		const results = this.#resultsTurn();
		const path = [...this.base, ...results];
		const parent = path.at(-1)?.id;
		const known = this.tree.findUnanswered(message, parent);
		if (known !== undefined) return this.#run([...path, known], [], written);
		const turn = this.tree.newTurn(message, parent);
		return this.#run([...path, turn], [...results, turn], written);
	}

	/**
	 * Sends the results of all open calls in one turn; what is written in the composer stays where it is. A body that was
	 * typed is what is shown as the next request, so it is what is sent.
	 */
	sendResults(): Promise<void> {
		this.editor.settle();
		if (this.next.isRefused) return Promise.resolve();
		const { typed } = this.editor;
		if (typed !== undefined) return this.#sendTyped(typed);
		const results = this.#resultsTurn();
		if (results.length === 0) return Promise.resolve();
		return this.#run([...this.base, ...results], results);
	}

	/** Goes back to where results were written, to write others: they are sent beside those that were. */
	writeResultsAgain(id: string, results: WrittenResults): void {
		const turn = this.tree.turns.get(id);
		if (this.live !== undefined || turn?.parent === undefined) return;
		this.editor.returned = undefined;
		this.editor.results = { ...this.editor.results, ...results };
		this.tree.end(turn.parent);
	}

	#resultsTurn(): Turn[] {
		const { message } = this.tray;
		return message === undefined ? [] : [this.tree.newTurn(message, this.base.at(-1)?.id)];
	}

	/** Sends the body as it was typed. Its messages that are not in the branch become turns of it. */
	#sendTyped(typed: TypedBody): Promise<void> {
		const plan = typed.plan();
		if (plan === undefined) return Promise.resolve();
		const { path, added, chain } = plan;
		const { written } = this.editor;
		const taken = saysNothing(written) ? unwritten : written;
		return this.#run(path, added, taken, { body: typed, chain });
	}

	/** Asks again what the last answer answered, with changed settings; the composer's text stays where it is. */
	retry(change: { [K in keyof RequestSettings]?: RequestSettings[K] | undefined } = {}) {
		if (this.live !== undefined) return Promise.resolve();
		this.editor.change(change);
		const last = this.tree.path.at(-1);
		// A message that went back to the composer is the one to send again.
		if (
			last === undefined ||
			(this.editor.returned !== undefined && !saysNothing(this.editor.written))
		)
			return this.send();
		return this.ask(last.message.from === undefined ? last.id : last.parent);
	}

	/** Changes what an explanation of the last failure says would mend it, and asks again where that is its next step. */
	mend(change: DraftChange, then: 'resend' | 'stay') {
		if (this.live !== undefined) return Promise.resolve();
		this.apply(change);
		return then === 'resend' ? this.retry() : Promise.resolve();
	}

	/**
	 * Does what the button of a warning of the next request says; to go to another tab is the page's. A typed body is left
	 * for it: what it names are messages that become turns, with ids of their own, only now, so the warning is looked for
	 * among those of the form.
	 */
	heed({ id, fix: given }: Pick<FoundWarning, 'id' | 'fix'>): void {
		if (given !== undefined && 'reset' in given) return this.editor.typed?.discard();
		this.editor.typed?.leave();
		const fix = this.next.warnings.find((one) => one.id === id)?.fix;
		if (fix === undefined) return;
		if ('change' in fix) this.apply(fix.change);
		else if ('resend' in fix) this.editor.resend = true;
		else if ('repair' in fix)
			void import('./repair.ts').then((mends) => mends.repairMessage(this, fix.repair));
	}

	/** Changes the next request. Of `messages` only the turns of the branch are changed, not what is being written. */
	apply({ messages, chain: _, ...change }: DraftChange): void {
		if (this.live !== undefined) return;
		const { messages: __, ...settings } = applyChange(
			{ ...this.editor.settings, messages: [] },
			change
		);
		this.editor.settings = settings;
		if (messages !== undefined) this.branch.replace(messages);
	}

	/** Sends a message that was not written in the composer, whose text stays where it is. */
	say(text: string): Promise<void> {
		const message = newMessage('user', text);
		const turn = this.tree.newTurn(message, this.base.at(-1)?.id);
		return this.#run([...this.base, turn], [turn]);
	}

	/** Asks for an answer to a turn: it stands beside those that are there. */
	ask(turn: string | undefined, as?: SentAs): Promise<void> {
		if (turn === undefined) return Promise.resolve();
		return this.#run(this.tree.pathTo(turn), [], unwritten, as);
	}

	/** Changes a message as `branch.edit` does, and asks for an answer to it. */
	editAndSend(id: string, text: string, beside?: readonly Part[]): Promise<void> {
		const turn = this.tree.turns.get(id);
		if (turn === undefined) return Promise.resolve();
		const { message: former, parent } = turn;
		const parts = editParts(former.parts, text, beside);
		if (parts === undefined) return this.ask(id);
		const message = { ...former, id: newId(), parts };
		const changed = this.tree.newTurn(message, parent);
		return this.#run([...this.tree.pathTo(parent), changed], [changed]);
	}

	/** Whether the model goes on after the last word of the last answer, when that is sent as it stands. */
	get continues(): boolean {
		const { model, extra } = this.editor.settings;
		const { role, parts } = this.tree.path.at(-1)?.message ?? {};
		if (role !== 'assistant' || prefillOf(model) !== 'continued') return false;
		// With thinking a model must begin every answer with thoughts, so it refuses one that is begun.
		if (isThinkingOn(getOwn(extra?.[this.api.id], this.api.modelFields ?? ''))) return false;
		const isText = parts?.every(({ type }) => type === 'text') === true;
		return isText && textOf(parts).trim() !== '';
	}

	/** Asks the model to go on after an answer that is not whole: by the answer itself where it can, else by `words`. */
	continue(words: string): Promise<void> {
		return this.continues ? this.ask(this.tree.leaf) : this.say(words);
	}

	/** Shows another branch. */
	show(turn: string): void {
		if (this.live !== undefined) return;
		this.editor.returned = undefined;
		this.tree.show(turn);
	}

	/** Ends the run that goes on: one in the background on the service, where it would go on by itself. */
	stop(): void {
		if (this.live?.job === undefined) this.live?.stop();
		else void this.live.job.cancel();
	}

	/** Ends the run that goes on here; one in the background goes on on the service. */
	leave(): void {
		this.live?.leave();
	}

	/** Follows the runs that the service goes on with by itself, one after the other, as when the page is opened again. */
	async resume(): Promise<void> {
		for (const run of this.runs.facts.values()) {
			if (isFollowed(run, this.#around.openedAt) && this.live === undefined) await this.follow(run);
		}
	}

	/** Follows a run that the service goes on with by itself until it is finished. */
	follow(run: Run): Promise<void> {
		if (this.live !== undefined) return Promise.resolve();
		return this.#begin(() => this.#follow(run));
	}

	/** Adds what was found on the service, and shows the last of it. */
	async adopt(taken: readonly Taken[]): Promise<void> {
		const last = taken.at(-1);
		if (this.live !== undefined || last === undefined) return;
		this.editor.returned = undefined;
		for (const { run, turns } of taken) {
			this.runs.set(run);
			this.tree.add(turns);
		}
		this.tree.leaf = last.turns.at(-1)?.id ?? this.tree.leaf;
		for (const { run, sent, turns } of taken)
			await this.#store.startRun({ run, sent, added: turns });
		if (isFollowed(last.run, this.#around.openedAt)) void this.follow(last.run);
	}

	/** What the next request would be sent with, for what it can continue. */
	get circumstances(): Circumstances {
		const { openedAt } = this.#around;
		return {
			...{ key: this.key?.id, identity: identityOf(this.key), openedAt },
			...{ base: this.target.base, now: Date.now() },
			settingsOf: (sent) => this.runs.settingsOf(sent)
		};
	}

	/** Who sends what is asked of stored responses. */
	get caller(): Caller {
		const { keyRing, runner } = this.#around;
		return { keyRing, runner };
	}

	/** What a request of it could continue, on an API that can. */
	get history(): History | undefined {
		if (!this.api.chains) return undefined;
		const { answering } = this.tray;
		const known = { turns: this.tree.turns, runs: this.runs.facts };
		return { ...this.circumstances, ...known, answering, path: saidBy(this.base) };
	}

	/** What a list shows of it; undefined while nothing is written in it. */
	get record(): ConversationRecord | undefined {
		return this.#store.record;
	}

	#chainOf(path: readonly Turn[], answering: ReadonlySet<string> = new Set()): Chain | undefined {
		if (!this.api.chains) return undefined;
		const found = { ...this.circumstances, answering };
		return this.#around.chaining()?.chainFor(saidBy(path), this.runs.facts, found);
	}

	/** Sends what `path` says and sees the run to its end; `typed` is what it takes out of the composer. */
	#run(
		path: readonly Turn[],
		added: readonly Turn[],
		typed = unwritten,
		as?: SentAs
	): Promise<void> {
		// Without the bytes of its attachments it would not be what is shown.
		if (this.live !== undefined || this.files.isLoading) return Promise.resolve();
		return this.#begin(() => this.#execute(path, added, typed, as));
	}

	/** Sees a run to its end, which `ended` tells; `run` makes it the one that goes on at once. */
	#begin(run: () => Promise<void>): Promise<void> {
		const ended = run();
		const { live } = this;
		// What fails on the way is a bug; it must not leave a run that never ends.
		this.ended = ended.finally(() => {
			if (this.live === live) this.live = undefined;
		});
		this.#around.onrun(this);
		return this.ended;
	}

	async #execute(
		path: readonly Turn[],
		added: readonly Turn[],
		typed: Written,
		as: SentAs | undefined
	): Promise<void> {
		const { api, target, id: conversation, editor, tree } = this;
		const before = { leaf: tree.leaf, returned: editor.returned, results: editor.results };
		const chain = as ? as.chain : editor.resend ? undefined : this.#chainOf(path);
		const body = as?.body?.settled;
		const sent = this.runs.sentAs(editor.settings, body);
		const { key, identity } = this.circumstances;
		const inline = (draft: Draft) => this.files.inline(draft);
		const from = {
			api,
			target,
			conversation,
			path,
			added,
			sent,
			chain,
			key,
			identity,
			inline,
			body
		};
		const plan = newPlan(from);
		const live = new LiveRun(plan.run);
		this.live = live;
		tree.add(added);
		tree.leaf = path.at(-1)?.id;
		editor.returned = undefined;
		if (as?.body) editor.typed = undefined;
		if (typed !== unwritten) editor.write(unwritten);
		editor.results = {};
		const { runner } = this.#around;
		let isStored: Promise<boolean> = Promise.resolve(false);
		// Before the answer can be continued.
		const chaining = api.chains ? this.#around.loadChaining() : undefined;
		const answer = await runner.execute(api, live, plan.request, {
			onstart: () => {
				this.runs.set(plan.run);
				isStored = this.#store.startRun(plan);
			},
			onhead: (status, headers, t) => {
				plan.run = { ...plan.run, status, headers, times: { headers: t } };
				this.#store.saveRun(plan.run);
			},
			onfold: ({ responseId }) => this.#noteId(plan, responseId)
		});
		await chaining;
		if (answer !== undefined) {
			const followed = followedRun(plan, answer);
			if (followed !== undefined) {
				const begun = { plan, answer, isStored: await isStored, isLeft: live.isLeft };
				return this.#follow(followed, begun);
			}
			const ended = this.#settle(plan, live, answer, typed);
			await this.#store.endRun(plan, ended, isStored);
			await this.#noteRefusal(ended.run);
			return this.#around.keyRing.note(plan.run.key, ended.run.status);
		}
		// Nothing was sent, so everything is as it was.
		this.live = undefined;
		tree.drop(added);
		tree.leaf = before.leaf;
		editor.results = before.results;
		this.#giveBack(typed, before.returned);
		if (as?.body && editor.typed === undefined) editor.typed = as.body;
	}

	/** Notes the id of a response that goes on without this page, as soon as it is known: by it the page finds it again. */
	#noteId(plan: Plan, responseId: string | undefined): void {
		if (responseId === undefined || plan.run.responseId !== undefined) return;
		if (!isInBackground(plan.sent)) return;
		plan.run = { ...plan.run, responseId, service: { state: 'queued', at: Date.now() } };
		this.runs.set(plan.run);
		this.#store.saveRun(plan.run);
	}

	/** Follows a run that the service goes on with by itself; `begun` is what this page has begun of it. */
	async #follow(run: Run, begun?: Begun): Promise<void> {
		const live = new LiveRun(run);
		this.live = live;
		this.runs.set(run);
		try {
			const jobs = await import('./jobs.ts').catch(() => undefined);
			await jobs?.follow(this, live, this.#store, begun);
		} finally {
			// What follows it was out of reach: it is followed when the page is opened again.
			if (this.live === live) this.live = undefined;
		}
	}

	/** Shows the end of a run that another page has seen through. */
	takeEnded(run: Run, turns: readonly Turn[]): void {
		this.runs.set(run);
		this.tree.add(turns);
		if (this.tree.leaf === run.asked) this.tree.leaf = run.turn;
		this.live = undefined;
		this.latest = run;
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
		return this.#settle({ run: started }, live, answer, unwritten);
	}

	#settle(
		{ run: started }: Pick<Plan, 'run'>,
		live: LiveRun,
		answer: Answer,
		typed: Written
	): Ended {
		const ended = settle(started, answer);
		const { run, turns } = ended;
		this.runs.keepView(turns[0], live.answer);
		this.runs.set(run);
		this.tree.add(turns);
		// Whoever has gone to another branch meanwhile stays there.
		if (this.tree.leaf === run.asked) this.tree.leaf = turns[0].id;
		this.live = undefined;
		this.latest = run;
		// Nothing arrived, so the words go back to where they were written.
		if (run.outcome?.end === 'unreachable') this.#giveBack(typed, run.asked);
		return ended;
	}

	/** Notes that the service can't continue a response, where that is why it refused a run. */
	async #noteRefusal(run: Run): Promise<void> {
		const { outcome, chain } = run;
		if (chain === undefined || outcome === undefined || !('error' in outcome)) return;
		const service = await import('./service-state.ts').catch(() => undefined);
		await service?.noteRefusal(this, run, outcome.error);
	}

	/** Puts what was written back into the composer, where nothing else was written meanwhile. */
	#giveBack(typed: Written, returned: string | undefined): void {
		const { composer, parts } = this.editor;
		if (typed === unwritten || composer !== '' || parts.length > 0) return;
		this.editor.write(typed);
		this.editor.returned = returned;
	}
}
