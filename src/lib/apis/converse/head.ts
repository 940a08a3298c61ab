import type { Draft } from '../../model/draft.ts';
import type { RequestHead, Target } from '../../model/request.ts';
import { newHead } from '../post.ts';

/** Where a draft goes on Converse: the model is a segment of the path, and whether it is streamed its last one. */
export function headOf(
	{ model, stream }: Pick<Draft, 'model' | 'stream'>,
	{ base }: Target
): RequestHead {
	// One segment: the slashes of an ARN become %2F.
	const path = `${base}/model/${encodeURIComponent(model.toWellFormed())}`;
	return stream === true
		? newHead(`${path}/converse-stream`, { Accept: 'application/vnd.amazon.eventstream' })
		: newHead(`${path}/converse`);
}
