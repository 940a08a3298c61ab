import type { Part } from '../model/draft.ts';
import type { Fold } from '../model/fold.ts';
import { GrowingText } from './growing-text.ts';

/** One part as it is drawn: prose that grows, or anything else as it is. */
export type ViewPart = { key: number } & (
	| { type: 'text' | 'reasoning' | 'refusal'; source: GrowingText; sealed?: number }
	| { type: 'other'; part: Part }
);

/** What is drawn of an answer. It outlives the run that made it, so that the end of a stream redraws nothing. */
export class AnswerView {
	/** Replaced when a part begins or is not prose; prose grows inside its own source. */
	parts: readonly ViewPart[] = $state.raw([]);

	constructor(parts: readonly Part[] = []) {
		this.parts = parts.map((part, key) => viewOf(part, key));
		this.end();
	}

	/** Draws what has come since the last call. */
	update(fold: Fold): void {
		const fresh = fold.takeFresh();
		const isStale = fold.parts.some((part, key) => {
			const view = this.parts[key];
			return view === undefined || (view.type === 'other' && !isSameCall(view.part, part));
		});
		if (isStale) {
			this.parts = fold.parts.map((part, key) => {
				const view = this.parts[key];
				return view !== undefined && view.type !== 'other' ? view : viewOf(emptied(part), key);
			});
		}
		for (const { part, text } of fresh) {
			const view = this.parts[part];
			if (view !== undefined && view.type !== 'other') view.source.append(text);
		}
	}

	/** Nothing more will come. */
	end(): void {
		for (const part of this.parts) if (part.type !== 'other') part.source.end();
	}
}

function viewOf(part: Part, key: number): ViewPart {
	if (part.type === 'text' || part.type === 'refusal') {
		return { key, type: part.type, source: new GrowingText(part.text) };
	}
	if (part.type !== 'reasoning') return { key, type: 'other', part };
	const sealed = (part.redacted ?? part.encrypted)?.length;
	const source = new GrowingText(part.text);
	return { key, type: 'reasoning', source, ...(sealed !== undefined && { sealed }) };
}

/** Prose comes by `takeFresh`, so its view starts empty; other parts are copied, because the fold writes on. */
function emptied(part: Part): Part {
	return part.type === 'text' || part.type === 'reasoning' || part.type === 'refusal'
		? { ...part, text: '' }
		: { ...part };
}

function isSameCall(a: Part, b: Part): boolean {
	return a.type === 'tool-call' && b.type === 'tool-call' ? a.input === b.input : a.type === b.type;
}
