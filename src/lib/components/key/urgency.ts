/** How near the end of a key is, by the ms it has left: `soon` from 30 minutes, `now` from 5. */
export function urgencyOf(left: number): 'far' | 'soon' | 'now' | 'expired' {
	if (left <= 0) return 'expired';
	if (left <= 5 * 60_000) return 'now';
	return left <= 30 * 60_000 ? 'soon' : 'far';
}
