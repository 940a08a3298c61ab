import type { Call } from '../call.ts';
import { newInvalid, refuseAsOpenAi } from '../wire/errors.ts';
import type { Reply } from '../wire/reply.ts';
import { newJsonReply } from '../wire/reply.ts';
import { bodyAt, framesAfter } from './background.ts';
import { missResponse, scopeOf } from './scope.ts';
import type { StoredResponse } from './stored.ts';

const MAX_ITEMS = 100;

/** Answers `GET …/responses/{id}`, with `stream=true` by the stream of a background response. */
export function retrieve(call: Call, id: string): Reply {
	return withStored(call, id, (found) =>
		call.query.get('stream') === 'true'
			? resume(call, found)
			: newJsonReply(200, bodyAt(found, call.now))
	);
}

/** Answers `DELETE …/responses/{id}`. */
export function remove(call: Call, id: string): Reply {
	return call.stored.remove(id, scopeOf(call), call.now)
		? newJsonReply(200, { id, object: 'response', deleted: true })
		: refuseAsOpenAi(missResponse(id, call));
}

/** Answers `POST …/responses/{id}/cancel`. What is finished already stays as it is. */
export function cancel(call: Call, id: string): Reply {
	return withStored(call, id, (found) => {
		if (found.job === undefined)
			return refuseAsOpenAi(newInvalid('Cannot cancel a synchronous response.'));
		if (call.now < found.job.endsAt) found.job.cancelled = true;
		return newJsonReply(200, bodyAt(found, call.now));
	});
}

/** Answers `GET …/responses/{id}/input_items`, with `limit`, `order` and `after`. */
export function listInputItems(call: Call, id: string): Reply {
	return withStored(call, id, ({ input }) => {
		const limit = Number(call.query.get('limit') ?? 20);
		if (!Number.isInteger(limit) || limit < 1 || limit > MAX_ITEMS)
			return refuseAsOpenAi(newInvalid(`Invalid 'limit': expected 1 to ${MAX_ITEMS}.`, 'limit'));
		const items = call.query.get('order') === 'asc' ? [...input] : [...input].reverse();
		const after = items.findIndex((item) => item['id'] === call.query.get('after'));
		const data = items.slice(after + 1, after + 1 + limit);
		return newJsonReply(200, {
			object: 'list',
			data,
			first_id: data[0]?.['id'] ?? null,
			last_id: data.at(-1)?.['id'] ?? null,
			has_more: after + 1 + limit < items.length
		});
	});
}

function resume(call: Call, found: StoredResponse): Reply {
	const { now, speed, query } = call;
	const frames = found.job?.cancelled === true ? undefined : found.job?.frames;
	if (frames === undefined)
		return refuseAsOpenAi(
			newInvalid(
				'This response cannot be streamed because it was not created with background=true and stream=true.',
				'stream'
			)
		);
	const after = Number(query.get('starting_after') ?? -1);
	if (!Number.isInteger(after))
		return refuseAsOpenAi(
			newInvalid("Invalid 'starting_after': expected an integer.", 'starting_after')
		);
	return {
		status: 200,
		headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
		body: framesAfter(frames, after, found, now, speed)
	};
}

function withStored(call: Call, id: string, answer: (found: StoredResponse) => Reply): Reply {
	const found = call.stored.find(id, scopeOf(call), call.now);
	return found === undefined ? refuseAsOpenAi(missResponse(id, call)) : answer(found);
}
