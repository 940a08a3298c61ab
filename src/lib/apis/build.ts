import type { ApiId } from '../model/draft.ts';
import type { Build } from './api.ts';

let builders: Readonly<Record<ApiId, Build>> | undefined;

/** Takes what builds requests. `builders.ts` gives it as it is loaded; the page is drawn without that file. */
export function provideBuilders(all: Readonly<Record<ApiId, Build>>): void {
	builders = all;
}

/** Builds the requests of an API. Whatever calls it imports `builders.ts`, or is told by `Parts` that it is loaded. */
export function buildAs(api: ApiId): Build {
	return (draft, target) => {
		if (builders === undefined) throw new Error('What builds requests is not loaded yet');
		return builders[api](draft, target);
	};
}
