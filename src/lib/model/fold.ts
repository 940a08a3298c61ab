import { Blocks } from './blocks.ts';
import type { Change } from './change.ts';
import type { Part } from './draft.ts';
import type { ServiceError, StreamEvent, Usage } from './event.ts';
import { joinPieces } from './json-pieces.ts';
import { mergeJson } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Choice, Note, RunTimes } from './run.ts';

export type { Change } from './change.ts';

/** The one fold: takes events in order and holds what they have made so far, in plain fields that nothing observes. */
export class Fold {
	readonly times: RunTimes = {};
	responseId?: string;
	model?: string;
	usage?: Usage;
	/** What the service said beside the answer, by its own names. */
	details?: JsonObject;
	/** The protocol's own end, once seen. */
	reason?: string;
	/** What the service calls a response that it has not finished. */
	unfinished?: string;
	/** The first failure that the service reported, before the end. */
	error?: ServiceError;
	readonly notes: Note[] = [];
	readonly #blocks = new Blocks();
	readonly #others = new Map<number, Fold>();

	/** The parts of the answer in order of appearance; the last ones may still grow. */
	get parts(): Part[] {
		return this.#blocks.parts;
	}

	/** The other answers to the same request, by their index; undefined where there are none. */
	get others(): Choice[] | undefined {
		if (this.#others.size === 0) return undefined;
		const sorted = [...this.#others].sort(([a], [b]) => a - b);
		return sorted.map(([index, { parts, reason }]) => ({
			index,
			parts,
			...(reason !== undefined && { reason })
		}));
	}

	/**
	 * Takes one event that arrived `t` ms after the request was sent. Gives `changes` with what it changed about the
	 * parts added to them.
	 */
	add(event: StreamEvent, t: number, changes: Change[] = []): Change[] {
		if (event.choice !== undefined && event.choice !== 0) {
			this.#addOther(event.choice, event, t);
			return changes;
		}
		switch (event.type) {
			case 'text-delta':
			case 'reasoning-delta':
			case 'refusal-delta':
			case 'tool-call-delta':
			case 'tool-call-start':
			case 'reasoning-seal':
			case 'fields':
			case 'part':
			case 'block-end':
				this.#addToParts(event, t, changes);
				return changes;
			case 'response-start':
				if (event.id !== undefined) this.responseId = event.id;
				if (event.model !== undefined) this.model = event.model;
				return changes;
			case 'usage':
				this.#addUsage(event);
				return changes;
			case 'details':
				this.#addDetails(event);
				return changes;
			case 'response-end':
				this.#end(event.reason, t);
				return changes;
			case 'unfinished':
				this.unfinished = event.status;
				return changes;
			case 'error':
				if (this.reason !== undefined) this.note('error-after-end');
				else this.error ??= event.error;
				return changes;
		}
	}

	/** Ends every open text: thoughts in tags that were not closed are text after all. */
	end(t: number, changes: Change[] = []): Change[] {
		this.#blocks.end(changes);
		for (const other of this.#others.values()) other.end(t);
		if (this.#blocks.hasText) this.times.firstText ??= t;
		return changes;
	}

	/** Notes something odd, once. */
	note(note: Note): void {
		if (!this.notes.includes(note)) this.notes.push(note);
	}

	#addToParts(event: PartEvent, t: number, changes: Change[]): void {
		this.#blocks.add(event, changes);
		if (this.#blocks.hasToken) this.times.firstToken ??= t;
		if (this.#blocks.hasText) this.times.firstText ??= t;
		if (this.reason !== undefined && isDelta(event)) this.note('after-end');
	}

	#addOther(index: number, { choice: _, ...event }: StreamEvent, t: number): void {
		let other = this.#others.get(index);
		if (other === undefined) this.#others.set(index, (other = new Fold()));
		other.add(event, t);
	}

	#end(reason: string, t: number): void {
		// A service may say its reason again with the usage.
		if (this.reason !== undefined) return this.note('second-end');
		this.reason = reason;
		this.times.end = t;
	}

	#addDetails({ values, pieces }: StreamEvent & { type: 'details' }): void {
		const known = this.details;
		// Some servers repeat theirs with every piece of the answer.
		if (known !== undefined && Object.keys(values).every((key) => values[key] === known[key]))
			return;
		const add = pieces === true ? joinPieces : mergeJson;
		this.details = add(known ?? {}, values);
	}

	#addUsage(event: StreamEvent & { type: 'usage' }): void {
		const { type: _, choice: _choice, ...counts } = event;
		this.usage = { ...this.usage, ...counts };
	}
}

/** The events that make parts. */
export type PartEvent = Extract<StreamEvent, { block: string }>;

function isDelta(event: PartEvent): boolean {
	switch (event.type) {
		case 'text-delta':
		case 'reasoning-delta':
		case 'refusal-delta':
			return event.text !== '';
		case 'tool-call-start':
		case 'tool-call-delta':
			return true;
	}
	return false;
}
