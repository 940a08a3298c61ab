import type { Api } from '../apis/api.ts';
import { targetFor } from '../catalog/targets.ts';
import { canContinue, chainAfter } from '../model/chain.ts';
import { newId, newMessage, replaceMessages, textOf } from '../model/draft.ts';
import type { Draft, Message, ParamName } from '../model/draft.ts';
import type { Json } from '../model/json.ts';
import type { Run } from '../model/run.ts';
import { AnswerView } from './answer-view.svelte.ts';
import type { KeyRing } from './key-ring.svelte.ts';
import { LiveRun } from './live-run.svelte.ts';
import type { Runner } from './runner.ts';

/** What a tab of an API starts with. */
export interface Seed {
	draft: Draft;
	composer: string;
}

/** What is kept of a tab. */
export interface Kept extends Seed {
	conversation: string;
	run?: string;
}

/** One tab: the draft, the composer, and the runs made from them. */
export class Conversation {
	readonly api: Api;
	draft: Draft = $state.raw({ model: '', messages: [], params: {} });
	/** The text being written; it counts as the draft's last message. */
	composer = $state('');
	id = $state(newId());
	/** Send the whole history although a stored response could be continued. */
	resend = $state(false);
	live: LiveRun | undefined = $state.raw();
	/** The last run, shown below the messages while its answer is not one of them. */
	last: Run | undefined = $state.raw();
	/** The run that ended last in this tab since the page was opened. */
	latest: Run | undefined = $state.raw();
	/** Runs that the messages came from, by id. */
	runs: ReadonlyMap<string, Run> = $state.raw(new Map());
	/** What was last sent, to tell what has changed since. */
	sent: Draft | undefined = $state.raw();

	readonly #keyRing: KeyRing;
	readonly #runner: Runner;
	readonly #openedAt = Date.now();
	#isAsking = false;
	readonly #answers = new WeakMap<Message, AnswerView>();

	constructor(api: Api, keyRing: KeyRing, runner: Runner, seed: Seed) {
		this.api = api;
		this.#keyRing = keyRing;
		this.#runner = runner;
		this.draft = seed.draft;
		this.composer = seed.composer;
	}

	/** The draft as Send would send it: with the composer's text, and chained only where that is true. */
	readonly pending: Draft = $derived.by(() => {
		const { chain, ...draft } = this.draft;
		const messages =
			this.composer.trim() === ''
				? draft.messages
				: [...draft.messages, newMessage('user', this.composer)];
		const chained = chain !== undefined && !this.resend && this.canChain;
		return { ...draft, messages, ...(chained && { chain }) };
	});

	readonly target = $derived.by(() => targetFor(this.api.id, this.draft, this.#keyRing.region));
	readonly built = $derived.by(() => this.api.build(this.pending, this.target));

	/** Whether the stored response can be continued from here: same key, same address, and still known to the service. */
	readonly canChain: boolean = $derived.by(() => {
		const { chain } = this.draft;
		if (chain === undefined) return false;
		const run = chain.run === undefined ? undefined : this.runs.get(chain.run);
		if (run === undefined) return true;
		const { base } = this.target;
		const openedAt = this.#openedAt;
		return canContinue(run, { key: this.#keyRing.record?.id, base, openedAt });
	});

	/**
	 * Whether there is nothing to send: a service refuses an empty input, or answers it at random. An answer that
	 * was given here asks for nothing; one that was written or brought along may be there to be continued.
	 */
	readonly isEmpty: boolean = $derived.by(() => {
		const { messages, chain } = this.pending;
		const last = messages.at(-1);
		return messages.length <= (chain?.covers ?? 0) || last?.from !== undefined;
	});

	/** How the answer of a message is drawn. */
	answerOf(message: Message): AnswerView {
		let view = this.#answers.get(message);
		if (view === undefined) this.#answers.set(message, (view = new AnswerView(message.parts)));
		return view;
	}

	/** Changes fields of the draft; undefined removes one. */
	change(change: { [K in keyof Draft]?: Draft[K] | undefined }): void {
		const fields = Object.entries({ ...this.draft, ...change });
		this.draft = Object.fromEntries(
			fields.filter(([, value]) => value !== undefined)
		) as unknown as Draft;
	}

	setParam(name: ParamName, value: Json | undefined): void {
		const { [name]: _, ...params } = this.draft.params;
		this.change({ params: value === undefined ? params : { ...params, [name]: value } });
	}

	setSystem(text: string): void {
		const { system } = this.draft;
		if (text === '') this.change({ system: undefined });
		else if (system === undefined) this.change({ system: newMessage('system', text) });
		else this.change({ system: replaceText(system, text) });
	}

	editMessage(id: string, text: string): void {
		this.#setMessages(
			this.draft.messages.map((one) => (one.id === id ? replaceText(one, text) : one))
		);
	}

	deleteMessage(id: string): void {
		this.#setMessages(this.draft.messages.filter((one) => one.id !== id));
	}

	/** Makes the composer's text a message without sending it. */
	add(): void {
		if (this.composer.trim() === '') return;
		this.#setMessages([...this.draft.messages, newMessage('user', this.composer)]);
		this.composer = '';
	}

	/** Sends the draft with the composer's text. */
	async send(): Promise<void> {
		if (this.isEmpty || !(await this.#mayRun())) return;
		this.add();
		await this.#run();
	}

	/** Sends the draft again without the answer it got last; the composer's text stays where it is. */
	async retry(change: { [K in keyof Draft]?: Draft[K] | undefined } = {}): Promise<void> {
		if (!(await this.#mayRun())) return;
		const { last } = this;
		this.change(change);
		// A message that went back to the composer is the one to send again.
		if (this.draft.messages.length === 0 || last?.outcome?.end === 'unreachable')
			return this.send();
		const asked = this.draft.messages.findLastIndex((one) => one.from === undefined);
		await this.#runFrom(asked);
	}

	/** Asks once more for the last answer. */
	async regenerate(): Promise<void> {
		const asked = this.draft.messages.findLast((one) => one.role !== 'assistant');
		if (asked !== undefined) await this.resendFrom(asked.id);
	}

	/** Sends the messages up to one; what came after it goes. */
	async resendFrom(id: string): Promise<void> {
		if (!(await this.#mayRun())) return;
		await this.#runFrom(this.draft.messages.findIndex((one) => one.id === id));
	}

	stop(): void {
		this.live?.stop();
	}

	/** Starts anew: no messages, nothing to continue; model, system and parameters stay. */
	startAnew(): void {
		this.stop();
		this.live = undefined;
		this.last = undefined;
		this.id = newId();
		this.resend = false;
		this.#setMessages([]);
	}

	/** Shows a draft from elsewhere as a conversation of its own; sends nothing. */
	openDraft(draft: Draft): void {
		this.startAnew();
		this.composer = '';
		this.draft = draft;
	}

	/** Shows a stored run as it was left. */
	async openRun(run: Run): Promise<void> {
		this.openDraft(run.draft);
		this.id = run.conversation;
		this.#remember(run);
		await this.#loadRuns();
		this.#append(run);
	}

	/** What to keep of this tab. */
	get kept(): Kept {
		const { draft, composer, id } = this;
		const run = this.live?.run ?? this.last;
		return { draft, composer, conversation: id, ...(run !== undefined && { run: run.id }) };
	}

	/** Takes up what was kept. */
	async restore(kept: Kept): Promise<void> {
		this.draft = kept.draft;
		this.composer = kept.composer;
		this.id = kept.conversation;
		await this.#loadRuns();
		const last = kept.run === undefined ? undefined : await this.#runner.load(kept.run);
		if (last?.outcome !== undefined) this.last = last;
		else if (last !== undefined) {
			// The page went away while it ran, and that stopped it.
			const stopped: Run = { ...last, outcome: { end: 'stopped' } };
			this.#remember(stopped);
			this.#append(stopped);
		}
	}

	/** Whether a run may begin now: one at a time, and a second press while the first is still asking begins none. */
	async #mayRun(): Promise<boolean> {
		if (this.live !== undefined || this.#isAsking) return false;
		this.#isAsking = true;
		const isReady = await this.#runner.isReady();
		this.#isAsking = false;
		return isReady;
	}

	/** Runs the messages up to and with the one at `index`. */
	async #runFrom(index: number): Promise<void> {
		this.#setMessages(this.draft.messages.slice(0, index + 1));
		await this.#run();
	}

	async #run(): Promise<void> {
		const draft = this.pending;
		const composed = { ...draft, messages: this.draft.messages };
		const { request } = this.api.build(composed, this.target);
		const live = this.#runner.start(this.api, composed, request, this.id, this.#parent());
		this.live = live;
		this.last = undefined;
		this.sent = composed;
		const run = await this.#runner.finish(this.api, live);
		if (this.live !== live) return;
		this.#settle(run, live);
	}

	#settle(run: Run, live: LiveRun): void {
		this.#remember(run);
		this.#append(run, live.answer);
		this.live = undefined;
		this.latest = run;
		if (run.outcome?.end === 'unreachable') this.#takeBack();
	}

	/** An answer with anything in it becomes a message; a run without one is shown below the messages. */
	#append(run: Run, view?: AnswerView): void {
		if (run.parts.length === 0) {
			this.last = run;
			return;
		}
		const message: Message = {
			id: newId(),
			role: 'assistant',
			parts: run.parts,
			from: { run: run.id, model: run.draft.model }
		};
		if (view !== undefined) this.#answers.set(message, view);
		const messages = [...this.draft.messages, message];
		const chain = this.api.chains ? chainAfter(run, messages.length) : undefined;
		if (chain === undefined) this.#setMessages(messages);
		else this.draft = { ...this.draft, messages, chain };
	}

	/** Nothing arrived, so the words go back to where they were written. */
	#takeBack(): void {
		const message = this.draft.messages.at(-1);
		if (message?.role !== 'user' || this.composer !== '') return;
		this.composer = textOf(message.parts);
		this.#setMessages(this.draft.messages.slice(0, -1));
	}

	#parent(): string | undefined {
		return this.draft.messages.findLast((one) => one.from !== undefined)?.from?.run;
	}

	#remember(run: Run): void {
		this.runs = new Map(this.runs).set(run.id, run);
	}

	async #loadRuns(): Promise<void> {
		const ids = this.draft.messages.flatMap(({ from }) => (from === undefined ? [] : [from.run]));
		const loaded = await Promise.all(ids.map((id) => this.#runner.load(id)));
		const found = loaded.flatMap((run): [string, Run][] =>
			run === undefined ? [] : [[run.id, run]]
		);
		this.runs = new Map([...this.runs, ...found]);
	}

	#setMessages(messages: Message[]): void {
		this.draft = replaceMessages(this.draft, messages);
	}
}

/** The message with `text` as its one text part; its parts of other kinds stay. */
function replaceText(message: Message, text: string): Message {
	const [first, ...others] = message.parts.filter((part) => part.type === 'text');
	if (first === undefined) return { ...message, parts: [{ type: 'text', text }, ...message.parts] };
	const parts = message.parts
		.filter((part) => !others.includes(part as typeof first))
		.map((part) => (part === first ? { ...first, text } : part));
	return { ...message, parts };
}
