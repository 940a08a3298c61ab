import type { Api } from '../apis/api.ts';
import type { Change } from '../model/change.ts';
import type { Chunk, Exchange } from '../model/exchange.ts';
import type { Fold } from '../model/fold.ts';
import type { Answer } from '../model/run.ts';
import { AnswerReader, readExchange } from './read-answer.ts';
import type { Received } from './read-answer.ts';
import { Redactor } from './redact.ts';
import { send } from './send.ts';
import type { Sending } from './send.ts';

/** One request to send to an API, and who wants to know how its answer grows. */
export interface Execution extends Omit<Sending, 'onchunk' | 'redactor'> {
	api: Api;
	/** What of the same stream has come before, by an earlier request: the answer is read as if it had all come at once. */
	before?: readonly Chunk[];
	/** ms that had passed by then since that earlier request was handed over: all times count from it. */
	since?: number;
	/** Called with each chunk, after its events were folded, while nothing of the secret was found in any. */
	onchunk?: (chunk: Chunk) => void;
	/** Called once, when the secret is found in what comes back: what `onchunk` has given must be forgotten. */
	onhidden?: () => void;
	/**
	 * Called when the headers have come, for each chunk after its events were folded, and where the end changed
	 * anything, with what was changed. Fold and counts live on; the list of changes is a new one each time.
	 */
	onchange?: (changes: Change[], fold: Fold, received: Received) => void;
}

/**
 * Sends a request and reads its answer to the end. Gives the exchange as it happened and what it means, which is what
 * `readExchange` makes of that exchange again. Rejects only when a callback throws.
 */
export async function execute(
	execution: Execution
): Promise<{ exchange: Exchange; answer: Answer }> {
	const { api, request, before = [], since = 0, onhead, onchunk, onhidden, onchange } = execution;
	const redactor = new Redactor(execution.secret);
	let reader: AnswerReader | undefined;
	let hidden = false;
	const tellHidden = () => {
		if (!redactor.found || hidden) return;
		hidden = true;
		onhidden?.();
	};
	const exchange = await send({
		...execution,
		redactor,
		onhead(status, headers, t) {
			const head = { status, headers, t: t + since };
			reader = new AnswerReader({ api, request, head, redactor });
			onhead?.(status, headers, t + since);
			tellHidden();
			// An error is no part of what came before.
			const earlier = status >= 200 && status <= 299 ? before : [];
			const changes = earlier.flatMap((chunk) => reader?.push(chunk) ?? []);
			onchange?.(changes, reader.fold, reader.received);
		},
		onchunk({ t, bytes }) {
			const chunk: Chunk = { t: t + since, bytes };
			if (reader === undefined) return 'more';
			const changes = reader.push(chunk);
			if (redactor.found) tellHidden();
			else onchunk?.(chunk);
			onchange?.(changes, reader.fold, reader.received);
			if (reader.failed) return 'enough';
			return reader.ended ? 'ending' : 'more';
		}
	});
	const times = { ...exchange.times, end: exchange.times.end + since };
	const answer = reader?.end({ ...exchange, times }) ?? readExchange(api, exchange);
	// A body in one piece is read at its end.
	if (reader !== undefined && reader.changes.length > 0) {
		onchange?.(reader.changes, reader.fold, reader.received);
	}
	if (!redactor.found) return { exchange, answer };
	// What only the end of the answer showed.
	tellHidden();
	return { exchange: { ...exchange, chunks: [] }, answer };
}
