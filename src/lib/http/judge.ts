import type { Exchange } from '../model/exchange.ts';
import type { Fold } from '../model/fold.ts';
import type { Frame } from '../model/frame.ts';
import type { BadFrame, Outcome } from '../model/run.ts';

/** What is known about an answer when its bytes have ended. */
export interface Evidence {
	fold: Fold;
	how: Exchange['end'];
	isOk: boolean;
	status: number;
	contentType: string;
	kind: Frame['kind'];
	failure: BadFrame | undefined;
	/** The text of a frame that is no part of an answer. */
	broken: string | undefined;
	/** Whether the bytes ended inside a frame. */
	midFrame: boolean;
}

/** How a run ended. Only the protocol's own end makes it finished. */
export function judge(evidence: Evidence): Outcome {
	const { fold, how, failure, broken, midFrame } = evidence;
	const { error, reason, unfinished } = fold;
	if (error !== undefined) return { end: errorEnd(evidence), error };
	if (failure !== undefined) return { end: 'bad-frame', code: failure };
	if (broken !== undefined) {
		const { status, contentType } = evidence;
		return { end: 'not-an-answer', status, contentType, text: broken };
	}
	// A page that closes cuts what follows the end of the answer anywhere.
	if (reason !== undefined && (!midFrame || how === 'page-closed')) {
		return { end: 'finished', reason };
	}
	if (unfinished !== undefined) return { end: 'unfinished', status: unfinished };
	if (how === 'stopped' || how === 'page-closed') return { end: how };
	return { end: 'cut-short', midFrame };
}

function errorEnd({ isOk, kind }: Evidence): 'stream-error' | 'http-error' | 'error-in-200' {
	if (!isOk) return 'http-error';
	return kind === 'body' ? 'error-in-200' : 'stream-error';
}
