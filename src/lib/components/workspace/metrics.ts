import type { Run } from '../../model/run.ts';
import type { Progress } from '../../state/live-run.svelte.ts';
import { formatBytes, formatCount, formatDuration } from '../../text/format.ts';
import { text } from '../../text/index.ts';

/** One number of a run. */
export interface Metric {
	/** Its name among the page's words. */
	is:
		| 'ttft'
		| 'elapsed'
		| 'total'
		| 'events'
		| 'received'
		| 'quiet'
		| 'speed'
		| 'in'
		| 'out'
		| 'status';
	value: string;
	/** What part of it is of a kind of its own, such as tokens that were read from a cache. */
	aside?: string | undefined;
}

/** ms without a byte after which it is said. */
const quietFrom = 10_000;

/** What is shown of a run while it goes on. Nothing before it is first measured: a short answer has ended by then. */
export function metricsOfProgress({
	times,
	elapsed,
	received,
	quiet = elapsed
}: Progress): Metric[] {
	if (elapsed === 0) return [];
	return [
		...duration('ttft', times.firstToken),
		...duration('elapsed', elapsed),
		{ is: 'events', value: formatCount(received.frames) },
		{ is: 'received', value: formatBytes(received.bytes) },
		...(quiet < quietFrom
			? []
			: [{ is: 'quiet' as const, value: text.run.metrics.seconds(Math.floor(quiet / 1000)) }])
	];
}

/** What is shown of a run that is over: tokens only as the service reported them. */
export function metricsOfRun({ times, usage, status }: Run): Metric[] {
	const words = text.run.metrics;
	const speed = speedOf(times, usage?.output);
	return [
		...duration('ttft', times.firstToken),
		...duration('total', times.end),
		...(speed === undefined
			? []
			: [{ is: 'speed' as const, value: words.perSecond(formatCount(speed, 1)) }]),
		...count('in', usage?.input, usage?.cacheRead, words.cached),
		...count('out', usage?.output, usage?.reasoning, words.reasoning),
		...count('status', status)
	];
}

function duration(is: Metric['is'], ms: number | undefined): Metric[] {
	return ms === undefined ? [] : [{ is, value: formatDuration(ms) }];
}

function count(
	is: Metric['is'],
	value: number | undefined,
	part?: number,
	say?: (count: string) => string
): Metric[] {
	if (value === undefined) return [];
	return [{ is, value: String(value), aside: part ? say?.(String(part)) : undefined }];
}

/** Tokens a second from the first to the last. */
function speedOf(
	{ firstToken, end }: Run['times'],
	output: number | undefined
): number | undefined {
	// None, or none that the service counts: a speed of 0 would be no measurement.
	if (!output || firstToken === undefined || end === undefined) return undefined;
	// A whole body comes at once: there is no time between its tokens.
	return end - firstToken > 50 ? (output / (end - firstToken)) * 1000 : undefined;
}
