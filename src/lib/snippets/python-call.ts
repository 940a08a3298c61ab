import { hasExactNumbers } from '../model/json-text.ts';
import { isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import { isTooDeep, quoteDouble, writeLiteral } from './literal.ts';
import type { Dialect } from './literal.ts';

/** Says where a Python program finds the key. */
export function sayKey(variable: string): string {
	return `# Set the key first: export ${variable}=your-key`;
}

/** How Python writes JSON values. */
export const pythonDialect: Dialect = {
	indent: '    ',
	braces: ['{', '}'],
	constants: { null: 'None', true: 'True', false: 'False' },
	key: quoteDouble,
	text: quoteDouble
};

/** What a library needs to send a request by itself. */
export interface Call {
	url: URL;
	body: JsonObject;
	/** Without those that every library sends. */
	headers: [name: string, value: string][];
}

/** `request` taken apart; undefined for one that a library could not send as it is. */
export function readCall(request: HttpRequest): Call | undefined {
	if (request.method !== 'POST' || request.body === undefined) return undefined;
	try {
		const url = new URL(request.url);
		const body = JSON.parse(request.body) as Json;
		if (url.search !== '' || !isJsonObject(body) || isTooDeep(body)) return undefined;
		// As a literal they would be other numbers.
		if (!hasExactNumbers(request.body)) return undefined;
		const headers = Object.entries(request.headers).filter(
			([name]) => !/^(content-type|accept)$/i.test(name)
		);
		return { url, body, headers };
	} catch {
		return undefined;
	}
}

/** A call with one keyword argument a line. */
export function writeCall(
	callee: string,
	args: Iterable<readonly [name: string, value: Json]>,
	dialect: Dialect = pythonDialect
): string {
	const { indent } = dialect;
	const lines = Array.from(args, ([name, value]) => {
		return (
			indent + writeLiteral(value, dialect, { indent, prefix: `${name}=`, path: name }) + ',\n'
		);
	});
	return `${callee}(\n${lines.join('')})`;
}
