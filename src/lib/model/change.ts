/**
 * What an event has changed about a part: its text, or the input of a tool call, goes on with `added`; or all of it is
 * new. What was added is told because to cut it off the whole text would write all of that anew each time.
 */
export type Change = { part: number; added: string } | { part: number; replaced: true };

/** Adds a change to a list, where it goes on with the last one as one change. */
export function addChange(changes: Change[], change: Change): void {
	const last = changes.at(-1);
	if (last?.part !== change.part) changes.push(change);
	else if ('replaced' in last) return;
	else if ('replaced' in change) changes[changes.length - 1] = change;
	else last.added += change.added;
}
