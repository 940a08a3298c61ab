import type { Explain } from './explanation.ts';
import { says } from './service-words.ts';

/** A JSON Schema of a tool or of the answer's format is not one that the model takes. */
export const schemaRefused: Explain = ({ error }) =>
	(error.status === 400 || error.status === 422) &&
	says(
		error,
		/invalid schema for|json schema (is )?(invalid|not supported)|(input_?schema|output_(format|config)\S*schema|jsonSchema)\b|response_format.*schema|schema.*(too complex|not supported|unsupported)/i
	)
		? { code: 'schema-refused', fixes: [] }
		: undefined;
