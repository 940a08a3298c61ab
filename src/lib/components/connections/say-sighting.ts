import type { Connection } from '../../state/connections.svelte.ts';
import { formatClock, formatDuration } from '../../text/format.ts';
import { text } from '../../text/index.ts';

/** What was last seen of a connection, in a few words. */
export function saySighting({ sighting, key, isInRegion }: Connection, region: string): string {
	const words = text.connections;
	if (!isInRegion) return words.notInRegion(region);
	if (key === undefined) return words.noKey;
	if (sighting === undefined) return words.notTried;
	const { finding, ms } = sighting;
	if ('unreachable' in finding) return words.unreachable[finding.unreachable];
	const { status, isCut } = finding;
	if (isCut) return words.cut;
	if (status === 401 || status === 403) return words.keyRefused(status);
	if (status === 429) return words.busy(status);
	if (status >= 500 || status === 407) return words.trouble(status);
	const time = formatDuration(ms);
	return status <= 299 ? words.works(time) : words.answered(status, time);
}

/** When that was: `14:21`, and `just now` for half a minute. */
export function sayWhen(at: number, now: number): string {
	return now - at < 30_000 ? text.connections.justNow : formatClock(at);
}

/** The path of an address, without what differs from model to model. */
export function sayPath(url: string): string {
	return new URL(url).pathname.replace(/^(\/model\/)[^/]+/, '$1…');
}
