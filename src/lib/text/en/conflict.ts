import { section } from '../section.ts';

/** What asks which of two pages’ drafts is to stay. */
export const conflict = section('conflict', {
	title: 'Another page has changed this draft.',
	why: 'Nothing was overwritten. This is what it says there:',
	emptyText: '(nothing written)',
	copyTheirs: 'Copy that text',
	takeTheirs: 'Take that draft',
	copyMine: 'Copy mine',
	keepMine: 'Keep mine'
});
