import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The page's own colours and measures, by its tokens: they reach into the shadow root and follow the theme. */
export const theme = EditorView.theme({
	'&': {
		flex: '1',
		minWidth: '0',
		maxHeight: 'inherit',
		background: 'var(--bg)',
		color: 'var(--text-1)',
		fontSize: 'var(--text-meta)'
	},
	'&.cm-focused': { outline: 'none' },
	// Above the gutter, which would cover an outline.
	'&.cm-focused::after': {
		content: '""',
		position: 'absolute',
		inset: '0',
		zIndex: '500',
		border: '2px solid var(--focus)',
		pointerEvents: 'none'
	},
	'.cm-scroller': {
		fontFamily: 'var(--font-mono)',
		fontVariantLigatures: 'none',
		lineHeight: 'var(--leading-code)',
		scrollbarColor: 'var(--border-strong) transparent'
	},
	'.cm-content': { padding: '8px 0 12px', caretColor: 'var(--text-1)' },
	'.cm-line': { padding: '0 16px 0 4px' },
	'.cm-gutters': {
		border: '0',
		background: 'var(--bg)',
		color: 'var(--text-3)',
		fontVariantNumeric: 'tabular-nums'
	},
	'.cm-lineNumbers .cm-gutterElement': { minWidth: '36px', padding: '0' },
	'.cm-foldGutter .cm-gutterElement': { width: '14px', textAlign: 'center', cursor: 'pointer' },
	'.cm-activeLineGutter': { background: 'none', color: 'var(--text-1)' },
	'.cm-fold': {
		margin: '0 2px',
		padding: '0 5px',
		border: '0',
		borderRadius: 'var(--radius-1)',
		background: 'var(--surface-3)',
		color: 'var(--text-2)',
		font: 'inherit',
		cursor: 'pointer'
	},
	// The left edge shows it in forced colours too, which take the ground away.
	'.cm-line.cm-kept': {
		paddingLeft: '2px',
		borderLeft: '2px solid var(--kept-mark)',
		background: 'var(--kept-soft)'
	},
	'.cm-problem': {
		textDecoration: 'underline wavy var(--danger-mark)',
		textUnderlineOffset: '3px'
	},
	'.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
		background: 'none',
		outline: '1px solid var(--border-strong)'
	},
	'.cm-searchMatch': { background: 'var(--warn-soft)', outline: '1px solid var(--warn-mark)' },
	'.cm-searchMatch-selected': { background: 'var(--accent-soft)', outlineColor: 'var(--accent)' },
	'.cm-panels': { background: 'var(--surface-1)', color: 'var(--text-2)' },
	'.cm-panels-top': { borderBottom: '1px solid var(--border)' },
	'.cm-panel.cm-search, .cm-panel.cm-gotoLine': {
		display: 'flex',
		flexWrap: 'wrap',
		alignItems: 'center',
		gap: '6px',
		padding: '8px 36px 8px 16px',
		font: '500 var(--text-meta) / 1rem var(--font-ui)'
	},
	'.cm-panel br': { display: 'none' },
	'.cm-panel.cm-search label, .cm-panel.cm-gotoLine label': {
		display: 'inline-flex',
		alignItems: 'center',
		gap: '4px',
		font: 'inherit'
	},
	// One selection at a time: there is nothing to select all matches for.
	'.cm-panel.cm-search [name=select]': { display: 'none' },
	'.cm-panel.cm-search input[type=checkbox]': { margin: '0', accentColor: 'var(--accent)' },
	'.cm-panel.cm-search [name=close]': {
		position: 'absolute',
		top: '8px',
		right: '8px',
		width: '26px',
		height: '26px',
		border: '0',
		background: 'none',
		color: 'var(--text-2)',
		fontSize: 'var(--text-title)'
	},
	'.cm-textfield': {
		flex: '1 1 8rem',
		height: '26px',
		margin: '0',
		padding: '0 8px',
		border: '1px solid var(--control)',
		borderRadius: 'var(--radius-2)',
		background: 'var(--bg)',
		color: 'var(--text-1)',
		font: '400 var(--text-meta) / 24px var(--font-mono)'
	},
	'.cm-button': {
		height: '26px',
		margin: '0',
		padding: '0 9px',
		border: '1px solid var(--border-strong)',
		borderRadius: 'var(--radius-2)',
		background: 'var(--raised)',
		color: 'var(--text-1)',
		font: 'inherit'
	},
	'.cm-button:active': { background: 'var(--surface-3)' },
	'.cm-panel :focus-visible': { outline: '2px solid var(--focus)', outlineOffset: '1px' }
});

/** The colours of JSON, the same as in the page's other code. */
export const colours = HighlightStyle.define([
	{ tag: tags.propertyName, color: 'var(--syn-key)' },
	{ tag: tags.string, color: 'var(--syn-string)' },
	{ tag: tags.number, color: 'var(--syn-number)' },
	{ tag: [tags.bool, tags.null], color: 'var(--syn-literal)' }
]);
