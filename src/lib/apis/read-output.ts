import type { Output } from '../model/draft.ts';
import { stringifyJson } from '../model/json-text.ts';
import { getOwn } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import { getString } from './words.ts';

/** What a schema says with its name, without what stands beside its words. */
export function readSchema(wire: unknown): (Output & { type: 'schema' }) | undefined {
	const schema = getOwn(wire, 'schema') as Json | undefined;
	if (schema === undefined) return undefined;
	const strict = getOwn(wire, 'strict');
	return {
		type: 'schema',
		...readNames(wire),
		schema: stringifyJson(schema, 2),
		...(typeof strict === 'boolean' && { strict })
	};
}

/** What a schema is called and what it is for. */
export function readNames(wire: unknown): { name?: string; description?: string } {
	const name = getString(wire, 'name');
	const description = getString(wire, 'description');
	return { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
}
