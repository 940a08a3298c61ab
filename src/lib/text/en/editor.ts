import { section } from '../section.ts';

/** What the editor of JSON says. */
export const editor = section('editor', {
	fields: (count: number) => (count === 1 ? '1 field' : `${count} fields`),
	items: (count: number) => (count === 1 ? '1 item' : `${count} items`),
	unfold: (size: string) => `${size}, unfold`,
	/** CodeMirror's own words; `$` stands for a number or a text. */
	phrases: {
		Find: 'Find',
		Replace: 'Replace',
		next: 'Next',
		previous: 'Previous',
		all: 'All',
		'match case': 'Match case',
		regexp: 'Regular expression',
		'by word': 'Whole words',
		replace: 'Replace',
		'replace all': 'Replace all',
		close: 'Close',
		'current match': 'current match',
		'on line': 'on line',
		'replaced match on line $': 'replaced match on line $',
		'replaced $ matches': 'replaced $ matches',
		'Go to line': 'Go to line',
		go: 'Go',
		'Fold line': 'Fold line',
		'Unfold line': 'Unfold line',
		'Folded lines': 'Folded lines',
		'Unfolded lines': 'Unfolded lines',
		to: 'to',
		unfold: 'Unfold'
	}
});
