/** Makes line feeds of CR LF and of a lone CR, in text that comes in pieces cut anywhere. */
export class LineEnds {
	/** A carriage return that may be half of a line end. */
	#held = '';

	/** The next piece; a CR at its end comes with the piece after. */
	take(piece: string): string {
		const text = this.#held + piece;
		this.#held = text.endsWith('\r') ? '\r' : '';
		return text.slice(0, text.length - this.#held.length).replace(/\r\n?/g, '\n');
	}

	/** What is left when nothing more comes. */
	end(): string {
		const left = this.#held === '' ? '' : '\n';
		this.#held = '';
		return left;
	}
}
