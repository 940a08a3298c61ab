/** Something that a request brings, or a search found, and that the answer may cite. */
export interface Source {
	title: string;
	quote: string;
	place:
		| { kind: 'web'; url: string; domain: string }
		| { kind: 'characters' | 'pages' | 'chunks'; document: number; start: number; end: number }
		| { kind: 'search-result'; index: number };
}

/** A source, and the part of the answer's text that stands on it. */
export interface Citation {
	source: Source;
	from: number;
	to: number;
}

/** An answer that says what its sources say, one after the other. */
export function writeCited(sources: readonly Source[]): { text: string; citations: Citation[] } {
	let text = 'This is what the sources say: ';
	const citations: Citation[] = [];
	for (const source of sources) {
		if (citations.length > 0) text += ' ';
		const from = text.length;
		text += source.quote;
		citations.push({ source, from, to: text.length });
	}
	return { text, citations };
}
