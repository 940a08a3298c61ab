import type { Turn } from '../answers/conversation.ts';
import type { JsonObject } from '../json.ts';
import type { Job } from './background.ts';

/** A response that the service keeps, with what was said in its turn. */
export interface StoredResponse {
	id: string;
	/** The endpoint, region and path prefix that gave it: it exists nowhere else. */
	scope: string;
	/** Epoch ms. */
	createdAt: number;
	previous?: string | undefined;
	/** The items of its own request, without those before. */
	input: readonly JsonObject[];
	/** The turns of this request and its answer, without those before. */
	turns: readonly Turn[];
	/** The response, finished. */
	body: JsonObject;
	/** Of a response in the background. */
	job?: Job | undefined;
}

/** The responses that a simulator keeps, for 30 days. */
export interface StoredResponses {
	add(response: StoredResponse): void;
	find(id: string, scope: string, now: number): StoredResponse | undefined;
	/** Whether there was one to remove. */
	remove(id: string, scope: string, now: number): boolean;
	/** All responses up to and with one, oldest first, or undefined where a link of its chain is gone. */
	recall(id: string, scope: string, now: number): StoredResponse[] | undefined;
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
			const chain: StoredResponse[] = [];
			for (let next: string | undefined = id; next !== undefined;) {
				const found = find(next, scope, now);
				if (found === undefined) return undefined;
				chain.unshift(found);
				next = found.previous;
			}
			return chain;
		}
	};
}
