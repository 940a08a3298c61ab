import type { Message } from '../../model/draft.ts';
import { getOwn, isJsonObject } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';
import type { Mend } from '../api.ts';

/** A message, and what it is on the wire. */
export interface Said {
	message: Message;
	wire: Json;
}

/**
 * The messages with neighbours of one role as one message with the blocks of both, since roles must alternate.
 * Only of the page's own transcript, which has ids.
 */
export function joinNeighbours(said: readonly Said[], mends: Mend[]): Json[] {
	const joined: Said[] = [];
	for (const one of said) {
		const before = joined.at(-1);
		const both = before && joinTwo(before, one);
		if (both === undefined) joined.push(one);
		else {
			joined[joined.length - 1] = { ...one, wire: both };
			mends.push({ code: 'joined', message: one.message.id });
		}
	}
	return joined.map(({ wire }) => wire);
}

function joinTwo(a: Said, b: Said): Json | undefined {
	if (a.message.id === '' || b.message.id === '') return undefined;
	if (!isJsonObject(a.wire) || !isJsonObject(b.wire)) return undefined;
	const [first, second] = [getOwn(a.wire, 'content'), getOwn(b.wire, 'content')];
	if (a.wire.role !== b.wire.role || !Array.isArray(first) || !Array.isArray(second)) {
		return undefined;
	}
	return { ...b.wire, ...a.wire, content: [...(first as Json[]), ...(second as Json[])] };
}
