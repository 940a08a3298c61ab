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
import type { Run } from '../model/run.ts';
import type { WrittenResults } from '../model/tool-calls.ts';
import type { ConversationRecord, RequestSettings, Turn } from '../model/turn.ts';
import { draftOf, saidBy, saysSomething } from '../model/turns.ts';
import { saysNothing, unwritten } from '../model/written.ts';
import type { OpenedConversation } from '../storage/conversations.ts';
import { Branch, editParts } from './branch.ts';
import { ConversationStore, messageOf } from './conversation-store.ts';
import type { Listeners } from './conversation-store.ts';
import { Editor } from './editor.svelte.ts';
import { Files } from './files.svelte.ts';
import type { KeyRing } from './key-ring.svelte.ts';
import type { LiveRun } from './live-run.svelte.ts';
import { NextRequest } from './next-request.svelte.ts';
import type { Parts, Rules } from './parts.svelte.ts';
import type { Runner } from './runner.ts';
import { Runs } from './runs.svelte.ts';
import type { Sender, SentAs } from './sender.ts';
import type { Caller } from './service-calls.ts';
import { ToolTray } from './tool-tray.svelte.ts';
import { Tree } from './tree.svelte.ts';
import type { TypedBody } from './typed-body.svelte.ts';
import type { Undo } from './undo.svelte.ts';

/** What conversations share. */
export interface Surroundings extends Listeners {
	keyRing: KeyRing;
	runner: Runner;
	undo: Undo;
	parts: Parts;
	/** Whether something may be sent: what was stored is read, the key above all, and nothing needed for it is out of reach. */
	isReady: () => boolean;
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
	#sender: Sender | undefined;
	/** The Send that waits for what sends it, in a page that was just opened. */
	#waiting: object | undefined = $state.raw();

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
		return this.#around.parts.sending !== undefined;
	}

	/** What sends its requests; undefined until it is loaded. */
	get sender(): Sender | undefined {
		const { sending } = this.#around.parts;
		return (this.#sender ??= sending && new sending.Sender(this, this.#around, this.#store));
	}

	/** Whether a request is on its way, or about to be. */
	get isBusy(): boolean {
		return (this.live ?? this.#waiting) !== undefined;
	}

	get rules(): Rules | undefined {
		return this.#around.parts.rules;
	}

	/** The stored response that can be continued from here, whether or not it will be. */
	readonly chain: Chain | undefined = $derived.by(() =>
		this.chainOf(this.base, this.tray.answering)
	);

	/** The run of the last answer of the branch that is shown. */
	readonly lastRun: Run | undefined = $derived.by(() => this.runs.of(this.tree.path.at(-1)));

	/** What a run's request was built from; undefined where its settings are gone. */
	draftOf(run: Run): Draft | undefined {
		const settings = this.runs.settingsOf(run.sent);
		return settings && this.files.inline(draftOf(settings, this.tree.pathTo(run.asked), run.chain));
	}

	/** The request of a run as it was sent; undefined where its settings are gone, and until what builds it is loaded. */
	requestOf(run: Run): { request: HttpRequest; isExact: boolean } | undefined {
		const draft = this.draftOf(run);
		const typed = this.runs.typedAs(run.sent);
		const { sending } = this.#around.parts;
		return draft && sending?.rebuildRequest(run, this.api, draft, this.target, typed);
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

	/**
	 * Sends a request as `Sender.run` does. In a page that was just opened it waits for what sends it, and goes out unless it
	 * was stopped or anything that it is made of has changed by then.
	 */
	async #run(...request: Parameters<Sender['run']>): Promise<void> {
		if (!this.#around.isReady()) return;
		const { sender } = this;
		if (sender !== undefined) return sender.run(...request);
		const waiting = (this.#waiting = {});
		const before = this.#ingredients;
		await this.#around.parts.loadSending();
		// It was stopped, or another one waits in its place.
		if (this.#waiting !== waiting) return;
		this.#waiting = undefined;
		const isSame = this.#ingredients.every((one, i) => one === before[i]);
		// What sends may be out of reach, or everything may have been forgotten.
		if (isSame && this.#around.isReady()) return this.sender?.run(...request);
	}

	/** What the next request is made of: of each there is another one when it has changed. */
	get #ingredients(): readonly unknown[] {
		const { settings, composer, parts, typed, resend, results } = this.editor;
		const { turns, leaf } = this.tree;
		return [settings, composer, parts, typed?.text, resend, results, turns, leaf, this.key];
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
		this.#waiting = undefined;
		if (this.live?.job === undefined) this.live?.stop();
		else void this.live.job.cancel();
	}

	/** Ends the run that goes on here; one in the background goes on on the service. */
	leave(): void {
		this.#waiting = undefined;
		this.live?.leave();
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

	/** The stored response that a request for `path` can continue, on an API that can. */
	chainOf(path: readonly Turn[], answering: ReadonlySet<string> = new Set()): Chain | undefined {
		if (!this.api.chains) return undefined;
		const found = { ...this.circumstances, answering };
		return this.#around.parts.chaining?.chainFor(saidBy(path), this.runs.facts, found);
	}
}
