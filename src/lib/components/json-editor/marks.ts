import { syntaxTree } from '@codemirror/language';
import { Facet, RangeSetBuilder } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin } from '@codemirror/view';
import type { DecorationSet, ViewUpdate } from '@codemirror/view';

/** What is marked in a JSON text. */
export interface Marks {
	/** Where it stops being JSON: an offset in the text. */
	problemAt: number | undefined;
	/** Fields of the outermost object whose lines stand out. */
	kept: readonly string[];
}

/** The marks in force: put it into a compartment to change them. */
export const marksOf = Facet.define<Marks, Marks>({
	combine: ([marks]) => marks ?? { problemAt: undefined, kept: [] }
});

const keptLine = Decoration.line({ class: 'cm-kept' });
const problem = Decoration.mark({ class: 'cm-problem' });

/** Draws the marks of {@link marksOf}. */
export function marks(): Extension {
	return [
		ViewPlugin.fromClass(
			class {
				decorations: DecorationSet;
				constructor(view: EditorView) {
					this.decorations = keptLines(view);
				}
				update(update: ViewUpdate): void {
					if (hasMoved(update)) this.decorations = keptLines(update.view);
				}
			},
			{ decorations: (plugin) => plugin.decorations }
		),
		EditorView.decorations.compute([marksOf, 'doc'], (state) => {
			const { problemAt } = state.facet(marksOf);
			const { length } = state.doc;
			if (problemAt === undefined || length === 0) return Decoration.none;
			// At the end there is nothing to mark but what comes before it.
			const from = Math.min(problemAt, length - 1);
			return Decoration.set(problem.range(from, from + 1));
		})
	];
}

function hasMoved({ docChanged, viewportChanged, startState, state }: ViewUpdate): boolean {
	return (
		docChanged ||
		viewportChanged ||
		syntaxTree(startState) !== syntaxTree(state) ||
		startState.facet(marksOf) !== state.facet(marksOf)
	);
}

function keptLines({ state, viewport }: EditorView): DecorationSet {
	const kept = new Set(state.facet(marksOf).kept.map((name) => JSON.stringify(name)));
	const lines = new RangeSetBuilder<Decoration>();
	const outer = syntaxTree(state).topNode.getChild('Object');
	let last = -1;
	for (const property of kept.size === 0 ? [] : (outer?.getChildren('Property') ?? [])) {
		const name = property.getChild('PropertyName');
		if (name === null || !kept.has(state.sliceDoc(name.from, name.to))) continue;
		const to = Math.min(property.to, viewport.to);
		for (let at = Math.max(property.from, viewport.from); at <= to;) {
			const line = state.doc.lineAt(at);
			if (line.from > last) lines.add(line.from, line.from, keptLine);
			last = line.from;
			at = line.to + 1;
		}
	}
	return lines.finish();
}
