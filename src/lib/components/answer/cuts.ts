import type { Token, Tokens } from 'marked';

/** Index of the last block whose start is certain; the earlier ones are final. -1 when all is blank. */
export function findCut(tokens: readonly Token[]): number {
	let last = tokens.findLastIndex((token) => token.type !== 'space');
	while (last > 0 && !isCertain(tokens[last - 1], tokens[last])) last -= 1;
	return last;
}

/** Whether `token` would be lexed the same without `previous` directly before it, whatever comes after. */
function isCertain(previous: Token | undefined, token: Token | undefined): boolean {
	if (previous === undefined || token === undefined) return true;
	// A paragraph may be the title of the definition above it.
	if (previous.type === 'def') return !/^ *["'(]/.test(token.raw);
	if (previous.type !== 'paragraph') return true;
	switch (token.type) {
		case 'code':
		case 'hr':
		case 'blockquote':
		case 'list':
		case 'html':
			return true;
		case 'heading':
			return /^ {0,3}#/.test(token.raw);
		case 'table':
			return !/^ *</.test(token.raw);
		default:
			return false;
	}
}

/** Where the last row begins that shows anything, and how many lines follow from there: blank ones may be rows or not. */
export function findLastRow(rows: string): { at: number; count: number } {
	let at = rows.length;
	let count = 0;
	while (at > 0) {
		const end = at - 1;
		at = end === 0 ? 0 : rows.lastIndexOf('\n', end - 1) + 1;
		count += 1;
		if (rows.slice(at, end).trim() !== '') break;
	}
	return { at, count };
}

/** Whether an item that another one follows makes its list loose: marked's own two conditions. */
export const makesLoose = (item: Tokens.ListItem): boolean =>
	/\n[ \t]*\n[ \t]*$/.test(item.raw) ||
	item.tokens.some((token) => token.type === 'space' && /\n.*\n/.test(token.raw));
