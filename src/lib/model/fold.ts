import type { Part } from './draft.ts';
import type { ServiceError, StreamEvent, Usage } from './event.ts';
import type { Json } from './json.ts';
import { LeadingTag } from './leading-tag.ts';
import type { RunTimes } from './run.ts';

/** Text that came for one part since it was last taken. */
export interface Fresh {
	/** Index into `parts`. */
	part: number;
	text: string;
}

/** The one fold: takes events in order and holds what they have made so far, in plain fields that nothing observes. */
export class Fold {
	/** In order of appearance; the last ones may still grow. */
	readonly parts: Part[] = [];
	readonly times: RunTimes = {};
	responseId?: string;
	model?: string;
	usage?: Usage;
	trace?: Json;
	/** The protocol's own end, once seen. */
	reason?: string;
	/** The first failure that the service reported. */
	error?: ServiceError;
	#byBlock = new Map<string, number>();
	#tags = new Map<string, LeadingTag>();
	#fresh: Fresh[] = [];

	/** Takes one event that arrived `t` ms after the request was sent. */
	add(event: StreamEvent, t: number): void {
		switch (event.type) {
			case 'response-start':
				if (event.id !== undefined) this.responseId = event.id;
				if (event.model !== undefined) this.model = event.model;
				return;
			case 'text-delta':
				return this.#addText(event.block, event.text, t);
			case 'reasoning-delta':
				return this.#append(`${event.block} reasoning`, 'reasoning', event.text, t);
			case 'refusal-delta':
				return this.#append(`${event.block} refusal`, 'refusal', event.text, t);
			case 'reasoning-seal':
				return this.#seal(event);
			case 'tool-call-start':
				return this.#startCall(event, t);
			case 'tool-call-delta':
				return this.#addInput(event.block, event.input, t);
			case 'part':
				this.#put(event.block, event.part);
				return;
			case 'block-end':
				return this.#flushTag(event.block, t);
			case 'usage':
				return this.#addUsage(event);
			case 'trace':
				this.trace = event.value;
				return;
			case 'response-end':
				this.reason = event.reason;
				return;
			case 'error':
				this.error ??= event.error;
		}
	}

	/** Ends every open text: what was held back as a possible tag is text after all. */
	end(t: number): void {
		for (const block of this.#tags.keys()) this.#flushTag(block, t);
	}

	/** What came since the last call, so that drawing costs by what is new. */
	takeFresh(): Fresh[] {
		const fresh = this.#fresh;
		this.#fresh = [];
		return fresh;
	}

	#addText(block: string, text: string, t: number): void {
		let tag = this.#tags.get(block);
		if (tag === undefined) this.#tags.set(block, (tag = new LeadingTag()));
		for (const piece of tag.add(text))
			this.#append(`${block} ${piece.kind}`, piece.kind, piece.text, t);
	}

	#flushTag(block: string, t: number): void {
		for (const piece of this.#tags.get(block)?.end() ?? []) {
			this.#append(`${block} ${piece.kind}`, piece.kind, piece.text, t);
		}
	}

	#append(block: string, type: 'text' | 'reasoning' | 'refusal', text: string, t: number): void {
		if (text === '') return;
		this.#mark(t);
		if (type !== 'reasoning') this.times.firstText ??= t;
		let index = this.#byBlock.get(block);
		if (index === undefined) index = this.#put(block, { type, text: '' });
		const part = this.parts[index];
		if (part?.type !== type) return;
		part.text += text;
		const last = this.#fresh.at(-1);
		if (last?.part === index) last.text += text;
		else this.#fresh.push({ part: index, text });
	}

	#addInput(block: string, input: string, t: number): void {
		this.#mark(t);
		const part = this.parts[this.#byBlock.get(block) ?? -1];
		if (part?.type === 'tool-call') part.input += input;
	}

	/** A start that a server repeats with every piece of the same call is no new one. */
	#startCall({ block, id, name }: StreamEvent & { type: 'tool-call-start' }, t: number): void {
		this.#mark(t);
		const part = this.parts[this.#byBlock.get(block) ?? -1];
		if (part?.type === 'tool-call' && (id === '' || id === part.id)) return;
		this.#put(block, { type: 'tool-call', id, name, input: '' });
	}

	#seal(event: StreamEvent & { type: 'reasoning-seal' }): void {
		const key = `${event.block} reasoning`;
		const index = this.#byBlock.get(key) ?? this.#put(key, { type: 'reasoning', text: '' });
		const part = this.parts[index];
		if (part?.type !== 'reasoning') return;
		const { signature, redacted, encrypted } = event;
		// A signature may come in pieces.
		if (signature !== undefined) part.signature = (part.signature ?? '') + signature;
		if (redacted !== undefined) part.redacted = redacted;
		if (encrypted !== undefined) part.encrypted = encrypted;
	}

	#addUsage(event: StreamEvent & { type: 'usage' }): void {
		const usage: Usage & { type?: string } = { ...this.usage, ...event };
		delete usage.type;
		this.usage = usage;
	}

	#put(block: string, part: Part): number {
		const index = this.#byBlock.get(block) ?? this.parts.length;
		this.#byBlock.set(block, index);
		this.parts[index] = part;
		return index;
	}

	#mark(t: number): void {
		this.times.firstToken ??= t;
	}
}
