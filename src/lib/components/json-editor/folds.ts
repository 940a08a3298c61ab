import { codeFolding, syntaxTree } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import { text } from '../../text/index.ts';

/** Folding of objects and lists; what is folded says how much is in it. */
export function folds(): Extension {
	return codeFolding({
		preparePlaceholder: sizeOf,
		placeholderDOM(view, onclick, size: string) {
			const button = document.createElement('button');
			button.type = 'button';
			button.className = 'cm-fold';
			button.textContent = size;
			button.title = view.state.phrase('unfold');
			button.setAttribute('aria-label', text.editor.unfold(size));
			button.onclick = onclick;
			return button;
		}
	});
}

/** `2 items` of a list, `3 fields` of an object; the range is what stands between its brackets. */
function sizeOf(state: EditorState, range: { from: number; to: number }): string {
	const container = syntaxTree(state).resolveInner(range.from, -1).parent;
	if (container?.name === 'Object')
		return text.editor.fields(container.getChildren('Property').length);
	let items = 0;
	// Brackets and commas have no name of letters.
	for (let at = container?.firstChild; at; at = at.nextSibling) if (/^[A-Z]/.test(at.name)) items++;
	return text.editor.items(items);
}
