import { apis } from '../apis/index.ts';
import { countUnknown } from '../apis/kept.ts';
import { apiIds } from '../model/draft.ts';
import type { ApiId } from '../model/draft.ts';
import type { HttpRequest } from '../model/request.ts';

/**
 * The API that a body was written for, where that is another one than `own`: the one that has words for the most of it.
 * `heads` says where a request of each would go.
 */
export function findFit(
	body: string,
	own: ApiId,
	heads: Readonly<Record<ApiId, HttpRequest>>
): ApiId | undefined {
	const counts = new Map(apiIds.map((id) => [id, countIn(id, { ...heads[id], body })]));
	const [best] = [...counts].sort(([, a], [, b]) => a - b);
	const isBetter = best !== undefined && best[1] < (counts.get(own) ?? 0);
	return isBetter ? best[0] : undefined;
}

/** How much of a request an API has no words for; a request that says nothing to it is none of its own. */
function countIn(id: ApiId, request: HttpRequest): number {
	try {
		const draft = apis[id].read(request);
		const isEmpty = draft.messages.length === 0 && draft.chain === undefined;
		return isEmpty ? Infinity : countUnknown(apis[id], draft);
	} catch {
		// No JSON object, and so no request of any API.
		return Infinity;
	}
}
