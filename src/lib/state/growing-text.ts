/** Takes a text as it grows, to make something of it. */
export interface Feed {
	/** Takes what is new, cut anywhere. */
	append(text: string): void;
	/** Nothing more comes. */
	end(): void;
}

/**
 * A text, growing or finished, and what is made of it for the screen: each feed is made when it is first asked for
 * and then kept up, at the cost of what is new.
 */
export class GrowingText {
	#text: string;
	#ended = false;
	readonly #feeds = new Map<new () => Feed, Feed>();

	/** With the text so far. A finished text: `new GrowingText(text)`, then `end()`. */
	constructor(text = '') {
		this.#text = text;
	}

	/** Takes the whole text as it is now, and what of it has been `added` since the last call. */
	grow(text: string, added: string): void {
		this.#text = text;
		if (added !== '') for (const feed of this.#feeds.values()) feed.append(added);
	}

	/** Nothing more comes, however it ended. */
	end(): void {
		if (this.#ended) return;
		this.#ended = true;
		for (const feed of this.#feeds.values()) feed.end();
	}

	/** The whole text as it came. Not observed: it is for copying and storing. */
	get text(): string {
		return this.#text;
	}

	/** The feed of a kind, the same at every call. To be called outside of derived values: the first call makes it. */
	open<F extends Feed>(Kind: new () => F): F {
		const known = this.#feeds.get(Kind);
		if (known instanceof Kind) return known;
		const feed = new Kind();
		this.#feeds.set(Kind, feed);
		if (this.#text !== '') feed.append(this.#text);
		if (this.#ended) feed.end();
		return feed;
	}
}
