import type { Turn } from '../answers/conversation.ts';
import type { JsonObject } from '../json.ts';

/** A response that the service keeps, with what was said in its turn. */
export interface StoredResponse {
	id: string;
	/** The endpoint, region and path prefix that gave it: it exists nowhere else. */
	scope: string;
	/** Epoch ms. */
	createdAt: number;
	previous?: string | undefined;
	/** The turns of this request and its answer, without those before. */
	turns: readonly Turn[];
	body: JsonObject;
}

/** The responses that a simulator keeps, for 30 days. */
export interface StoredResponses {
	add(response: StoredResponse): void;
	find(id: string, scope: string, now: number): StoredResponse | undefined;
	/** Whether there was one to remove. */
	remove(id: string, scope: string, now: number): boolean;
	/** All turns up to and with a response, or undefined where a link of its chain is gone. */
	recall(id: string, scope: string, now: number): Turn[] | undefined;
}

const LIFETIME = 30 * 24 * 60 * 60 * 1000;

/** Starts with no response kept. */
export function newStoredResponses(): StoredResponses {
	const kept = new Map<string, StoredResponse>();
	const find: StoredResponses['find'] = (id, scope, now) => {
		const found = kept.get(id);
		const alive = found !== undefined && found.scope === scope && now < found.createdAt + LIFETIME;
		return alive ? found : undefined;
	};
	return {
		add: (response) => void kept.set(response.id, response),
		find,
		remove: (id, scope, now) => find(id, scope, now) !== undefined && kept.delete(id),
		recall: (id, scope, now) => {
			const turns: Turn[][] = [];
			for (let next: string | undefined = id; next !== undefined;) {
				const found = find(next, scope, now);
				if (found === undefined) return undefined;
				turns.unshift([...found.turns]);
				next = found.previous;
			}
			return turns.flat();
		}
	};
}
