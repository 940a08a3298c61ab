import { readPastedKey } from '../../model/pasted-key.ts';
import type { PastedKey, ShortTermFacts } from '../../model/pasted-key.ts';

/** What the page may show and observe of a pasted key: everything but the secret. */
export type SeenKey =
	| ({ kind: 'short-term' | 'expired' } & ShortTermFacts)
	| { kind: Exclude<PastedKey['kind'], 'short-term' | 'expired'> };

/** Parts a pasted text into the secret, '' where there is none to use, and what may be shown. */
export function readSecret(pasted: string, now: number): { secret: string; seen: SeenKey } {
	const found = readPastedKey(pasted, now);
	switch (found.kind) {
		case 'short-term': {
			const { secret, ...seen } = found;
			return { secret, seen };
		}
		case 'long-term':
			return { secret: found.secret, seen: { kind: 'long-term' } };
		case 'empty':
		case 'expired':
		case 'access-key-id':
		case 'secret-access-key':
		case 'other-vendor':
		case 'malformed':
		case 'garbled':
		case 'two-keys':
		case 'not-a-key':
			return { secret: '', seen: found };
	}
}
