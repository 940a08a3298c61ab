import type { ResponseNode } from '../../model/response-node.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import type { Called } from '../../state/service-calls.ts';

/** What the service is asked about the response that is looked at, and what came of it. */
export class ServiceAsking {
	readonly #conversation: () => Conversation;
	readonly #node: () => ResponseNode;
	/** What the last call brought, and of which run. */
	#last: { run: string; called: Called } | undefined = $state.raw();
	/** Whether an answer is waited for. */
	isAsking = $state(false);

	constructor(conversation: () => Conversation, node: () => ResponseNode) {
		this.#conversation = conversation;
		this.#node = node;
	}

	/** What the last call about this response brought. */
	readonly called: Called | undefined = $derived.by(() =>
		this.#last?.run === this.#node().run.id ? this.#last.called : undefined
	);

	/** The answer that the service holds, where this page does not have it to its end. */
	readonly taken = $derived.by(() => {
		const { called } = this;
		if (called === undefined || 'failure' in called || called.ok['status'] !== 'completed') return;
		return this.#node().run.outcome?.end === 'finished' ? undefined : called.exchange;
	});

	/** Asks for a response, or for its end. One call at a time. */
	async ask(name: 'retrieve' | 'cancelOnService'): Promise<void> {
		if (this.isAsking) return;
		this.isAsking = true;
		// Another response, or another conversation, may be looked at before what asks is loaded.
		const conversation = this.#conversation();
		const { run } = this.#node();
		try {
			const calls = await import('../../state/service-calls.ts');
			this.#last = { run: run.id, called: await calls[name](conversation, run) };
		} catch {
			// A part of the page could not be loaded: it may be offline since it was opened.
			this.#last = { run: run.id, called: { failure: { reason: 'stopped' } } };
		}
		this.isAsking = false;
	}

	/** Puts the answer that the service holds beside what this page has of it. */
	async take(): Promise<void> {
		const { taken } = this;
		if (taken === undefined) return;
		const conversation = this.#conversation();
		const { run } = this.#node();
		const { takeAnswer } = await import('../../state/adopt.ts');
		await takeAnswer(conversation, run, taken);
	}
}
