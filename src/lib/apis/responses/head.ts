import type { RequestHead, Target } from '../../model/request.ts';
import { newHead } from '../post.ts';

/** Where a draft goes on Responses. */
export function headOf(_: unknown, { base }: Target): RequestHead {
	return newHead(`${base}/responses`);
}
