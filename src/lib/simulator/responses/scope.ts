import type { Call } from '../call.ts';
import type { Problem } from '../wire/errors.ts';

/**
 * Where a response exists: only on the endpoint, in the Region and under the prefix that gave it; a
 * loopback host stands for them all.
 */
export function scopeOf({ place, region, path }: Call): string {
	return place === 'loopback'
		? place
		: `${place} ${region} ${path.slice(0, path.indexOf('/responses'))}`;
}

/** What the service says where it does not know a response; `param` names who asked for it. */
export function missResponse(id: string, { place }: Call, param?: string): Problem {
	const message = place === 'runtime' ? 'Response not found.' : `Response '${id}' not found.`;
	return { status: 404, exception: '', message, ...(param !== undefined && { param }) };
}
