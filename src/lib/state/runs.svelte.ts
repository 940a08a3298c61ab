import { newId } from '../model/draft.ts';
import { equalJson } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import type { Run } from '../model/run.ts';
import type { RequestSettings, SentSettings, Turn } from '../model/turn.ts';
import { AnswerView } from './answer-view.svelte.ts';

/** What is known of a conversation's runs: facts, the settings they were sent with, and how their answers are drawn. */
export class Runs {
	/** Facts by id. */
	facts: ReadonlyMap<string, Run> = $state.raw(new Map());
	readonly #conversation: string;
	readonly #sent = new Map<string, SentSettings>();
	readonly #answers = new WeakMap<Turn, AnswerView>();

	constructor(conversation: string, runs: readonly Run[], sent: readonly SentSettings[]) {
		this.#conversation = conversation;
		this.facts = new Map(runs.map((run) => [run.id, run]));
		for (const one of sent) this.#sent.set(one.id, one);
	}

	/** Takes up a run, new or further on. */
	set(run: Run): void {
		this.facts = new Map(this.facts).set(run.id, run);
	}

	/** The run that made a turn's message; where it made several, with the end of this one. */
	of(turn: Turn | undefined): Run | undefined {
		const id = turn?.message.from?.run;
		const run = id === undefined ? undefined : this.facts.get(id);
		const reason = turn && run?.ends?.[turn.of ?? turn.id];
		return run === undefined || reason === undefined ? run : withEnd(run, reason);
	}

	/** The settings that a run names as those it was sent with. */
	settingsOf(sent: string): RequestSettings | undefined {
		return this.#sent.get(sent)?.settings;
	}

	/** The body that was sent with these settings as somebody had typed it; undefined where it was built. */
	typedAs(sent: string): string | undefined {
		return this.#sent.get(sent)?.body;
	}

	/** The record of what is about to be sent: one that is there already, where it is the same. */
	sentAs(settings: RequestSettings, body: string | undefined): SentSettings {
		for (const one of this.#sent.values()) {
			if (one.body !== body) continue;
			if (equalJson(one.settings as unknown as Json, settings as unknown as Json)) return one;
		}
		const sent: SentSettings = {
			...{ v: 2, id: newId(), conversation: this.#conversation, settings },
			...(body !== undefined && { body })
		};
		this.#sent.set(sent.id, sent);
		return sent;
	}

	/** How the answer of a turn is drawn; made when it is first shown. */
	answerOf(turn: Turn): AnswerView {
		let view = this.#answers.get(turn);
		if (view === undefined) this.#answers.set(turn, (view = new AnswerView(turn.message.parts)));
		return view;
	}

	/** Goes on with the view that a run has drawn its answer in, so that its end redraws nothing. */
	keepView(turn: Turn, view: AnswerView): void {
		this.#answers.set(turn, view);
	}
}

/** A run as one of its further answers ended. */
function withEnd(run: Run, reason: string): Run {
	if (reason !== '') return { ...run, outcome: { end: 'finished', reason } };
	if (run.outcome?.end !== 'finished') return run;
	return { ...run, outcome: { end: 'cut-short', midFrame: false } };
}
