import { syntaxTree } from '@codemirror/language';
import { Facet } from '@codemirror/state';
import type { EditorState, Extension } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin } from '@codemirror/view';
import type { DecorationSet, ViewUpdate } from '@codemirror/view';

/** What is marked in a JSON text. */
export interface Marks {
	/** Where it stops being JSON: an offset in the text. */
	problemAt: number | undefined;
	/** Fields whose lines stand out, by their paths: `a`, `a.b`. */
	kept: readonly string[];
}

/** The marks in force: put it into a compartment to change them. */
export const marksOf = Facet.define<Marks, Marks>({
	combine: ([marks]) => marks ?? { problemAt: undefined, kept: [] }
});

type SyntaxNode = ReturnType<typeof syntaxTree>['topNode'];

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
	const outer = syntaxTree(state).topNode.getChild('Object');
	const starts = new Set<number>();
	for (const path of state.facet(marksOf).kept) {
		const property = outer && propertyAt(state, outer, path);
		const to = Math.min(property?.to ?? -1, viewport.to);
		for (let at = Math.max(property?.from ?? 0, viewport.from); at <= to;) {
			const line = state.doc.lineAt(at);
			starts.add(line.from);
			at = line.to + 1;
		}
	}
	const sorted = [...starts].sort((a, b) => a - b);
	return Decoration.set(sorted.map((start) => keptLine.range(start)));
}

/** The field of an object at a path, as `a.b`; a name can have a dot in it too. */
function propertyAt(state: EditorState, object: SyntaxNode, path: string): SyntaxNode | undefined {
	for (const property of object.getChildren('Property')) {
		const name = property.getChild('PropertyName');
		const quoted = name === null ? '' : state.sliceDoc(name.from, name.to);
		if (quoted === JSON.stringify(path)) return property;
		const inner = property.getChild('Object');
		const start = `${quoted.slice(1, -1)}.`;
		if (inner === null || !path.startsWith(start)) continue;
		const found = propertyAt(state, inner, path.slice(start.length));
		if (found !== undefined) return found;
	}
	return undefined;
}
