import type { ServiceError } from '../model/event.ts';

/**
 * Whether the service's code or words match `pattern`, which is written with straight apostrophes and the flag `i`:
 * services use both apostrophes, and words of one meaning in several cases.
 */
export function says(error: ServiceError, pattern: RegExp): boolean {
	return pattern.test(plainWords(error));
}

/** The service's code and words with straight apostrophes. */
export function plainWords({ code, message }: ServiceError): string {
	return `${code ?? ''} ${message}`.replaceAll('’', "'");
}
