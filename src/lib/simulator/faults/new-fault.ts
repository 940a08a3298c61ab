import type { ApiName } from '../call.ts';
import type { Fault } from './fault.ts';
import { ALL_APIS } from './fault.ts';

/** A fault with a status, until more is said of it. */
export function newFault(name: string, about: string, apis: readonly ApiName[] = ALL_APIS): Fault {
	return { name, apis, streamed: false, about, end: 'http-error' };
}
