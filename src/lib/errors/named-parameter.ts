import type { ServiceError } from '../model/event.ts';
import { readJson } from '../model/json-text.ts';
import { getOwn } from '../model/json.ts';

/**
 * The parameter that a service names as the one to blame, as it spells it (`error.param` of the OpenAI APIs); undefined
 * where it names none. Its sentences change, this does not.
 */
export function namedParameter({ raw }: ServiceError): string | undefined {
	const said = readBody(raw);
	const param = getOwn(getOwn(said, 'error') ?? said, 'param');
	return typeof param === 'string' ? param : undefined;
}

/** Whether a failure says that the response to continue can't be used: deleted, expired, never kept, not finished. */
export function refusesParent(error: ServiceError): boolean {
	return namedParameter(error) === 'previous_response_id';
}

function readBody(raw: string): unknown {
	try {
		return readJson(raw);
	} catch {
		// A page of HTML, or nothing: it names no parameter.
		return undefined;
	}
}
