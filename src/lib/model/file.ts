/**
 * Where the bytes of an attachment are: in the draft itself (base64), at an address that the service reads, or kept once
 * under an id (stored form only: they are put inline before a request is built).
 */
export type FileSource = { base64: string } | { url: string } | { file: string };

/** A file that was not attached. */
export interface Refusal {
	name: string;
	/** What its bytes say it is; '' where they say nothing. */
	mime: string;
	why: 'empty' | 'too-large' | 'unknown' | 'format' | 'kind' | 'unreadable' | 'not-loaded';
}

/** Ids of all kept files that a value names, however it holds them: `{ file: id }` as a `source`. */
export function filesNamedIn(value: unknown): Set<string> {
	const ids = new Set<string>();
	const rest: unknown[] = [value];
	while (rest.length > 0) {
		const next = rest.pop();
		if (typeof next !== 'object' || next === null) continue;
		for (const [key, item] of Object.entries(next) as [string, unknown][]) {
			if (key === 'source' && isKeptFile(item)) ids.add(item.file);
			rest.push(item);
		}
	}
	return ids;
}

function isKeptFile(value: unknown): value is { file: string } {
	return (
		typeof value === 'object' && value !== null && 'file' in value && typeof value.file === 'string'
	);
}
