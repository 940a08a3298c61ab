import type { BodyEnd, Chunk, Exchange } from '../model/exchange.ts';
import type { HttpRequest } from '../model/request.ts';
import type { Run } from '../model/run.ts';

/**
 * The exchange of a run as `readExchange` takes it, from the facts and the chunks that are stored. It gives the answer of
 * the run again. A run that is not ended was cut off when its page was closed.
 */
export function exchangeOf(run: Run, request: HttpRequest, chunks: Chunk[]): Exchange {
	const { status, headers, startedAt, times } = run;
	return {
		...{ request, startedAt, chunks, end: endOf(run) },
		...(status !== undefined && { status }),
		...(headers !== undefined && { headers }),
		times: {
			...(times.headers !== undefined && { headers: times.headers }),
			end: times.end ?? chunks.at(-1)?.t ?? 0
		}
	};
}

/** How the bytes of a run ended, which its outcome tells. */
function endOf({ outcome }: Run): Exchange['end'] {
	const ends: Partial<Record<NonNullable<typeof outcome>['end'], BodyEnd>> = {
		stopped: 'stopped',
		'page-closed': 'page-closed',
		'cut-short': 'broken-off'
	};
	if (outcome === undefined) return 'page-closed';
	return outcome.end === 'unreachable'
		? { unreachable: outcome.cause }
		: (ends[outcome.end] ?? 'whole');
}
