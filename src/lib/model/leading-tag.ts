const names = ['reasoning', 'think', 'thinking'];
const MAX_OPENING = '<reasoning>'.length;

/** A text that begins with thoughts in tags, and what comes after them. */
export interface LeadingThoughts {
	/** Without the white space around them. */
	reasoning: string;
	/** Length of the tags, the thoughts and the white space around them. */
	length: number;
}

/**
 * Finds `<reasoning>…</reasoning>`, `<think>…</think>` or `<thinking>…</thinking>` at the very start of a text that
 * grows. It decides once: when the first closing tag and what follows it are there, or when the text ends.
 */
export class LeadingTag {
	#state: 'start' | 'opened' | 'decided' = 'start';
	#name = '';
	/** Where the thoughts begin. */
	#inside = 0;
	/** The end of the text, in which a closing tag may have begun. */
	#tail = '';

	/** Whether nothing that comes can make a difference any more. */
	get decided(): boolean {
		return this.#state === 'decided';
	}

	/** Whether the text begins with an opening tag, which may still turn out to be text. */
	get opened(): boolean {
		return this.#state === 'opened';
	}

	/** Looks at all of the text so far, whose end is `delta`. Gives the thoughts once, when they are certain. */
	look(text: string, delta: string): LeadingThoughts | undefined {
		if (this.#state === 'start') this.#open(text);
		else this.#tail += delta;
		return this.#state === 'opened' ? this.#close(text, false) : undefined;
	}

	/** Looks at a text that has ended: what is not closed by now is text. */
	end(text: string): LeadingThoughts | undefined {
		const found = this.#state === 'opened' ? this.#close(text, true) : undefined;
		this.#state = 'decided';
		return found;
	}

	#open(text: string): void {
		const start = /^\s*/.exec(text)?.[0].length ?? 0;
		const head = text.slice(start, start + MAX_OPENING);
		const name = names.find((one) => head.startsWith(`<${one}>`));
		if (name !== undefined) {
			this.#name = name;
			this.#inside = start + name.length + 2;
			this.#tail = text.slice(this.#inside);
			this.#state = 'opened';
		} else if (!names.some((one) => `<${one}>`.startsWith(head))) {
			this.#state = 'decided';
		}
	}

	#close(text: string, isWhole: boolean): LeadingThoughts | undefined {
		const closing = `</${this.#name}>`;
		// A long text is not searched again with each piece of it.
		if (!this.#tail.includes(closing)) {
			this.#tail = this.#tail.slice(1 - closing.length);
			return undefined;
		}
		const at = text.indexOf(closing, this.#inside);
		const after = text.slice(at + closing.length);
		const answer = after.trimStart();
		// Until the answer begins it is open whether the sentence goes on.
		if (answer === '' && !isWhole) return undefined;
		this.#state = 'decided';
		const inside = text.slice(this.#inside, at);
		if (isProse(inside, after, `<${this.#name}>`)) return undefined;
		return { reasoning: inside.trim(), length: text.length - answer.length };
	}
}

/** Whether a text writes about a tag: `<think> is a tag, closed by </think>.` */
function isProse(inside: string, after: string, opening: string): boolean {
	if (inside.includes(opening) || inside.endsWith('`') || after.startsWith('`')) return true;
	return /^ +[a-z]/.test(inside) && /^(?:["'.,;:!?)]| +[a-z])/.test(after);
}
