import { addChange } from './change.ts';
import type { Change } from './change.ts';
import type { ApiId, Part } from './draft.ts';
import type { PartEvent } from './fold.ts';
import { equalJson, getOwn } from './json.ts';
import { joinBase64, joinPieces } from './json-pieces.ts';
import type { Json, JsonObject } from './json.ts';
import { LeadingTag } from './leading-tag.ts';

/** A block of the wire: where its part stands, and for a text whether thoughts in tags may still begin it. */
interface Block {
	/** Index of its part; thoughts in tags stand before it. */
	part: number;
	tag?: LeadingTag;
	/** Whether the final form of all parts, at the end of the answer, has named it. */
	repeated?: true;
}

type Growing = 'text' | 'reasoning' | 'refusal';

/** Makes the parts of an answer from its blocks. */
export class Blocks {
	readonly parts: Part[] = [];
	/** Whether some of the answer proper is there: a text that may not turn out to be thoughts. */
	hasText = false;
	/** Whether anything of the answer has come. */
	hasToken = false;
	readonly #blocks = new Map<string, Block>();

	/** Takes one event, and adds to `changes` what it changed. */
	add(event: PartEvent, changes: Change[]): void {
		switch (event.type) {
			case 'text-delta':
				return this.#grow(event.block, 'text', event.text, changes);
			case 'reasoning-delta':
				return this.#grow(event.block, 'reasoning', event.text, changes);
			case 'refusal-delta':
				return this.#grow(event.block, 'refusal', event.text, changes);
			case 'reasoning-seal':
				return this.#seal(event, changes);
			case 'tool-call-start':
				return this.#startCall(event, changes);
			case 'tool-call-delta':
				return this.#growInput(event.block, event.input, changes);
			case 'fields':
				return this.#addFields(event, changes);
			case 'part':
				return this.#take(event, changes);
			case 'block-end':
				return this.#endText(this.#blocks.get(event.block), changes);
		}
	}

	/** Ends every text. */
	end(changes: Change[]): void {
		for (const block of this.#blocks.values()) this.#endText(block, changes);
	}

	#grow(name: string, type: Growing, text: string, changes: Change[]): void {
		if (text === '') return;
		this.hasToken = true;
		const block = this.#blockOf(name, type, changes);
		const part = this.parts[block.part];
		if (part?.type !== type) return;
		part.text += text;
		addChange(changes, { part: block.part, added: text });
		if (part.type === 'text') this.#lookForTag(block, part, text, changes);
		else if (type === 'refusal') this.hasText = true;
	}

	/** The block `name` as one of this type; a block that turns out to have a second type goes on under another name. */
	#blockOf(name: string, type: AnswerPart['type'], changes: Change[]): Block {
		const block = this.#blocks.get(name);
		if (block === undefined) return this.#open(name, type);
		const part = this.parts[block.part];
		if (part?.type === type) return block;
		if (part?.type === 'opaque') return this.#name(block, part, type, changes);
		const other = `${name} ${type}`;
		return this.#blocks.get(other) ?? this.#open(other, type);
	}

	/** A block with an empty part, of which nothing is told before something is in it. */
	#open(name: string, type: AnswerPart['type']): Block {
		const block: Block = { part: this.parts.length };
		this.#blocks.set(name, block);
		this.parts.push(newPart(type));
		return block;
	}

	/** Gives a block a type of its own that began without one. */
	#name(
		block: Block,
		part: Part & { type: 'opaque' },
		type: AnswerPart['type'],
		changes: Change[]
	): Block {
		this.#set(block, { ...newPart(type), ...newExtra(part.api, part.value) }, changes);
		return block;
	}

	#growInput(name: string, input: string, changes: Change[]): void {
		if (input === '' && this.#blocks.has(name)) return;
		this.hasToken = true;
		const block = this.#blockOf(name, 'tool-call', changes);
		const part = this.parts[block.part];
		if (part?.type !== 'tool-call') return;
		part.input += input;
		addChange(changes, { part: block.part, added: input });
	}

	/** A start that a server repeats with every piece of the same call is no new one. */
	#startCall(event: PartEvent & { type: 'tool-call-start' }, changes: Change[]): void {
		const { id, name } = event;
		this.hasToken = true;
		const known = this.#blocks.get(event.block);
		const part = known && this.parts[known.part];
		if (known !== undefined && part?.type === 'tool-call') {
			const isSame = id === '' || part.id === '' || id === part.id;
			const next = isSame
				? { ...part, id: part.id || id, name: part.name || name }
				: { type: 'tool-call' as const, id, name, input: '' };
			if (next.id !== part.id || next.name !== part.name) this.#set(known, next, changes);
			return;
		}
		const block = this.#blockOf(event.block, 'tool-call', changes);
		const made = this.parts[block.part];
		if (made?.type === 'tool-call') this.#set(block, { ...made, id, name }, changes);
	}

	#seal(event: PartEvent & { type: 'reasoning-seal' }, changes: Change[]): void {
		const block = this.#blockOf(event.block, 'reasoning', changes);
		const part = this.parts[block.part];
		if (part?.type !== 'reasoning') return;
		const { signature, redacted, encrypted } = event;
		// A signature and what is redacted may come in pieces.
		if (signature !== undefined) part.signature = joinBase64(part.signature ?? '', signature);
		if (redacted !== undefined) part.redacted = joinBase64(part.redacted ?? '', redacted);
		if (encrypted !== undefined) part.encrypted = encrypted;
		addChange(changes, { part: block.part, replaced: true });
	}

	#addFields(
		{ block: name, api, fields }: PartEvent & { type: 'fields' },
		changes: Change[]
	): void {
		const block = this.#blocks.get(name);
		const part = block && this.parts[block.part];
		if (block === undefined || part === undefined) {
			this.#put(name, { type: 'opaque', api, value: fields }, changes);
			return;
		}
		if (part.type === 'opaque') {
			part.value = joinPieces(part.value as JsonObject, fields);
		} else {
			part.extra = { ...part.extra, [api]: joinPieces(part.extra?.[api] ?? {}, fields) };
		}
		addChange(changes, { part: block.part, replaced: true });
	}

	/** A whole part: what is missing of it is added, what is there is not doubled. */
	#take(event: PartEvent & { type: 'part' }, changes: Change[]): void {
		const block = event.repeat === true ? this.#findRepeated(event) : this.#blocks.get(event.block);
		if (event.repeat === true && block !== undefined) block.repeated = true;
		const now = block && this.parts[block.part];
		this.hasToken ||= event.part.type !== 'opaque';
		if (block === undefined || now === undefined) {
			const made = this.#put(event.block, { ...event.part }, changes);
			if (event.repeat === true) made.repeated = true;
		} else {
			// What was said piece by piece beside the words may be left out of the whole.
			const final = { ...(now.extra !== undefined && { extra: now.extra }), ...event.part };
			if (!isSame(now, final)) this.#finish(block, now, final, changes);
		}
	}

	/** The block that a part at the end of the answer repeats: at its place or, where that holds something else, another. */
	#findRepeated({ block: name, part }: PartEvent & { type: 'part' }): Block | undefined {
		const at = this.#blocks.get(name);
		const all = at === undefined ? this.#blocks.values() : [at, ...this.#blocks.values()];
		for (const block of all) {
			const now = this.parts[block.part];
			if (block.repeated === undefined && now !== undefined && goesOn(now, part)) return block;
		}
		// The place is taken by another part, which stays.
		if (at !== undefined) this.#blocks.set(`${name} before`, at);
		this.#blocks.delete(name);
		return undefined;
	}

	/** Brings a part to its final form: by the rest of its text where it only goes on. */
	#finish(block: Block, now: Part, final: Part, changes: Change[]): void {
		const said = textOf(now);
		const all = textOf(final);
		if (now.type === final.type && all === '' && said !== '') final = withText(final, said);
		else if (final.type === 'text' && now.type === 'text' && all === said) {
			final = { ...final, text: now.text, ...(now.lead !== undefined && { lead: now.lead }) };
		} else if (final.type === 'text') {
			// As if it came for the first time.
			block.tag = new LeadingTag();
			if (now.type === 'text' && now.lead !== undefined) this.#dropThoughts(block, changes);
		}
		this.#set(block, { ...final }, changes);
		this.#lookAtWhole(block, changes);
	}

	/** Looks for thoughts in a text that came at once and may still go on. */
	#lookAtWhole(block: Block, changes: Change[]): void {
		const part = this.parts[block.part];
		if (part?.type === 'text' && part.text !== '')
			this.#lookForTag(block, part, part.text, changes);
		else if (part?.type === 'refusal') this.hasText = true;
	}

	#dropThoughts(block: Block, changes: Change[]): void {
		const before = this.parts[block.part - 1];
		if (
			before?.type !== 'reasoning' ||
			[...this.#blocks.values()].some(({ part }) => part === block.part - 1)
		) {
			return;
		}
		this.#move(block.part - 1, -1);
		this.parts.splice(block.part, 1);
		this.#tellFrom(block.part, changes);
	}

	#endText(block: Block | undefined, changes: Change[]): void {
		const part = block && this.parts[block.part];
		if (part?.type === 'text' && block !== undefined)
			this.#lookForTag(block, part, undefined, changes);
	}

	/** Looks whether the text begins with thoughts in tags; `delta` is undefined where the text has ended. */
	#lookForTag(
		block: Block,
		part: Part & { type: 'text' },
		delta: string | undefined,
		changes: Change[]
	): void {
		const tag = (block.tag ??= new LeadingTag());
		if (!tag.decided) {
			const thoughts = delta === undefined ? tag.end(part.text) : tag.look(part.text, delta);
			if (thoughts !== undefined) this.#split(block, part, thoughts, changes);
			if (!tag.decided) return;
		}
		this.hasText ||= part.text !== '';
	}

	/** Sets the thoughts apart, as a part before the text. */
	#split(
		block: Block,
		part: Part & { type: 'text' },
		{ reasoning, length }: { reasoning: string; length: number },
		changes: Change[]
	): void {
		const at = block.part;
		part.lead = part.text.slice(0, length);
		part.text = part.text.slice(length);
		if (reasoning !== '') {
			this.#move(at, 1);
			this.parts.splice(at, 0, { type: 'reasoning', text: reasoning });
		}
		this.#tellFrom(at, changes);
	}

	/** Moves the blocks from part `at` on by one. */
	#move(at: number, by: 1 | -1): void {
		for (const block of this.#blocks.values()) if (block.part >= at) block.part += by;
	}

	#tellFrom(at: number, changes: Change[]): void {
		for (let part = at; part < this.parts.length; part++)
			addChange(changes, { part, replaced: true });
	}

	#put(name: string, part: Part, changes: Change[]): Block {
		const block: Block = { part: this.parts.length };
		this.#blocks.set(name, block);
		this.#set(block, part, changes);
		this.#lookAtWhole(block, changes);
		return block;
	}

	#set(block: Block, part: Part, changes: Change[]): void {
		this.parts[block.part] = part;
		addChange(changes, { part: block.part, replaced: true });
	}
}

/** The parts that an answer can be made of; what a service says otherwise is kept whole. */
type AnswerPart = Part & { type: 'text' | 'reasoning' | 'refusal' | 'tool-call' | 'opaque' };

function newPart(type: AnswerPart['type']): Part {
	switch (type) {
		case 'text':
		case 'reasoning':
		case 'refusal':
			return { type, text: '' };
		case 'tool-call':
			return { type, id: '', name: '', input: '' };
		case 'opaque':
			return { type, api: 'converse', value: {} };
	}
}

function newExtra(api: ApiId, value: Json): Pick<Part, 'extra'> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? { extra: { [api]: value } }
		: {};
}

/** The text of a part as it came, with its leading thoughts; the input of a call. */
function textOf(part: Part): string {
	if (part.type === 'text') return (part.lead ?? '') + part.text;
	if (part.type === 'tool-call') return part.input;
	return 'text' in part ? part.text : '';
}

function withText(part: Part, text: string): Part {
	if (part.type === 'tool-call') return { ...part, input: text };
	return 'text' in part ? { ...part, text } : part;
}

/** Whether a final part says nothing that is not there. */
function isSame(now: Part, final: Part): boolean {
	const { lead, ...rest } = now.type === 'text' ? now : { ...now, lead: undefined };
	const whole =
		lead === undefined || !('text' in rest) ? rest : { ...rest, text: lead + rest.text };
	return equalJson(whole as unknown as Json, final as unknown as Json);
}

/** Whether `final` may be the part that `now` has become so far. */
function goesOn(now: Part, final: Part): boolean {
	if (now.type !== final.type) return false;
	if (now.type === 'tool-call' && final.type === 'tool-call') {
		return now.id === final.id || now.id === '' || final.id === '';
	}
	if (now.type === 'opaque' && final.type === 'opaque') {
		const id = getOwn(final.value, 'id');
		return id === undefined ? equalJson(now.value, final.value) : id === getOwn(now.value, 'id');
	}
	const said = textOf(now);
	const all = textOf(final);
	return all.startsWith(said) || said.startsWith(all);
}
