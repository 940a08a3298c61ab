import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import {
	bracketMatching,
	foldGutter,
	foldKeymap,
	indentUnit,
	syntaxHighlighting
} from '@codemirror/language';
import { openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { EditorView, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { text } from '../../text/index.ts';
import { folds } from './folds.ts';
import { marks, marksOf } from './marks.ts';
import type { Marks } from './marks.ts';
import { colours, theme } from './theme.ts';

/** What an editor of JSON shows. */
export interface Shown extends Marks {
	value: string;
	/** Its accessible name. */
	label: string;
	/** What is wrong with it, in a sentence for those who do not see the mark. */
	problem: string | undefined;
	wrap: boolean;
	isReadOnly: boolean;
}

// The page sends by it. Tab is bound to nothing, so it leaves the field as everywhere else.
const keys = [...defaultKeymap, ...historyKeymap, ...foldKeymap, ...searchKeymap].filter(
	({ key }) => key !== 'Mod-Enter'
);

/**
 * CodeMirror as an editor of JSON, in a shadow root: there it sets its styles by `adoptedStyleSheets`, which the page's
 * policy allows; in the document it would write a `<style>`, which the policy forbids.
 */
export class JsonView {
	readonly #view: EditorView;
	readonly #shown = new Compartment();
	#value: string;

	/** `onvalue` is called with the whole text at every change that was made here. */
	constructor(root: ShadowRoot, shown: Shown, onvalue: (value: string) => void) {
		this.#value = shown.value;
		const listener = EditorView.updateListener.of(({ docChanged, state }) => {
			if (!docChanged) return;
			const value = state.doc.toString();
			if (value === this.#value) return;
			this.#value = value;
			onvalue(value);
		});
		const extensions = [this.#shown.of(extensionsFor(shown)), ...fixedExtensions(), listener];
		const state = EditorState.create({ doc: shown.value, extensions });
		this.#view = new EditorView({ root, parent: root, state });
	}

	/** Shows something else. Of a text that differs only what differs is replaced, so that the cursor keeps its place. */
	show(shown: Shown): void {
		const effects = this.#shown.reconfigure(extensionsFor(shown));
		if (shown.value === this.#value) return this.#view.dispatch({ effects });
		const changes = differenceOf(this.#view.state.doc.toString(), shown.value);
		this.#value = shown.value;
		this.#view.dispatch({ changes, effects });
	}

	focus(from?: number, to = from): void {
		this.#view.focus();
		if (from !== undefined) this.#view.dispatch({ selection: { anchor: from, head: to ?? from } });
	}

	/** Puts the cursor at an offset and brings it into view. */
	goTo(at: number): void {
		const anchor = Math.min(at, this.#view.state.doc.length);
		this.#view.dispatch({ selection: { anchor }, scrollIntoView: true });
		this.#view.focus();
	}

	find(): void {
		openSearchPanel(this.#view);
	}

	destroy(): void {
		this.#view.destroy();
	}
}

function fixedExtensions(): Extension[] {
	return [
		lineNumbers(),
		foldGutter({ openText: '⌄', closedText: '›' }),
		folds(),
		highlightActiveLineGutter(),
		history(),
		bracketMatching(),
		search({ top: true }),
		json(),
		indentUnit.of('  '),
		syntaxHighlighting(colours),
		marks(),
		theme,
		keymap.of(keys),
		EditorState.phrases.of(text.editor.phrases)
	];
}

function extensionsFor(shown: Shown): Extension[] {
	const { label, problem, problemAt, kept, wrap, isReadOnly } = shown;
	return [
		marksOf.of({ problemAt, kept }),
		EditorState.readOnly.of(isReadOnly),
		EditorView.contentAttributes.of({
			// What is editable can be focused anyway, but tools that judge a page know it only by this.
			tabindex: '0',
			'aria-label': label,
			spellcheck: 'false',
			...(isReadOnly && { 'aria-readonly': 'true' }),
			...(problem !== undefined && { 'aria-invalid': 'true', 'aria-description': problem })
		}),
		...(wrap ? [EditorView.lineWrapping] : [])
	];
}

/** What makes `after` of `before`: the piece between what they begin and end with alike. */
function differenceOf(before: string, after: string) {
	const shorter = Math.min(before.length, after.length);
	let from = 0;
	while (from < shorter && before[from] === after[from]) from++;
	let end = 0;
	while (end < shorter - from && before.at(-1 - end) === after.at(-1 - end)) end++;
	return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}
