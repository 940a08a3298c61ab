import type { ApiId } from '../model/draft.ts';
import type { Build } from './api.ts';

let builders: Readonly<Record<ApiId, Build>> | undefined;

/** Loads what builds requests, which the first paint can do without. Rejects where it is out of reach. */
export async function loadBuilders(): Promise<void> {
	({ builders } = await import('./builders.ts'));
}

/** Builds the requests of an API, once what builds them is loaded. */
export function buildAs(api: ApiId): Build {
	return (draft, target) => {
		if (builders === undefined) throw new Error('What builds requests is not loaded yet');
		return builders[api](draft, target);
	};
}
