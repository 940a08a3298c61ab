import { hasExactNumbers } from '../model/json-text.ts';
import { isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import { readFileText } from './files.ts';
import type { SnippetFile } from './files.ts';
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

/** Says where the files are, and defines what gives one as base64. */
export const readFiles = `# The attached files are read from the folder that this is run in
def base64_of(name):
    with open(name, "rb") as file:
        return base64.b64encode(file.read()).decode()

`;

/** A file as an expression: its bytes as base64. */
export function sayFile({ name }: SnippetFile): string {
	return `base64_of(${quoteDouble(name)})`;
}

/** How Python writes JSON values, the bytes of these files read from them. */
export function dialectFor(files: readonly SnippetFile[]): Dialect {
	return {
		...pythonDialect,
		text: (text) => {
			const found = readFileText(text, files);
			if (found === undefined) return quoteDouble(text);
			const { before, file } = found;
			return before === '' ? sayFile(file) : `${quoteDouble(before)} + ${sayFile(file)}`;
		}
	};
}
