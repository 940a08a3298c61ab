import type { ApiId } from '../model/draft.ts';
import type { Json } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import { isStreamed, keyVariableFor, parseOrUndefined } from './client.ts';
import type { Client, Snippet } from './client.ts';
import { cutAtFiles, namesIn, readFileText } from './files.ts';
import type { SnippetFile } from './files.ts';
import { readAnswer, readStream } from './javascript-answers.ts';
import { escapeHidden, isTooDeep, quoteDouble, writeLiteral } from './literal.ts';
import type { Dialect } from './literal.ts';

/** JavaScript with fetch: an ES module for Node 18 or later, without packages. */
export const javascript: Client = { id: 'javascript', label: 'JavaScript', render };

function render(request: HttpRequest, api: ApiId, files: readonly SnippetFile[] = []): Snippet {
	const { method, url, body } = request;
	const names = namesIn(body, files);
	const said = body === undefined ? undefined : sayBody(body, files);
	const variable = keyVariableFor(url);
	const headers = Object.entries(request.headers).map(
		([name, value]) => `    ${writeKey(name)}: ${quote(value)},`
	);
	const code = [
		'// For Node 18 or later: save it as a file .mjs',
		`// Set the key first: export ${variable}=your-key`,
		...(names.length > 0 ? [readFiles] : []),
		...(said === undefined ? [] : [said.declaration, '']),
		`const url = ${quote(url)};`,
		'const response = await fetch(url, {',
		`  method: '${method}',`,
		'  headers: {',
		`    Authorization: \`Bearer \${process.env.${variable}}\`,`,
		...headers,
		'  },',
		...(said === undefined ? [] : [`  body: ${said.expression},`]),
		'});',
		'if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);',
		'',
		isStreamed(request, api) ? readStream[api] : readAnswer[api],
		''
	];
	return { code: code.join('\n'), language: 'javascript', files: names };
}

const readFiles = `// The attached files are read from the folder that this is run in
import { readFileSync } from 'node:fs';

const base64Of = (name) => readFileSync(name, 'base64');
`;

/** The body as a value where that gives the same text again, else the text itself. */
function sayBody(
	body: string,
	files: readonly SnippetFile[]
): { declaration: string; expression: string } {
	const value = parseOrUndefined(body) as Json | undefined;
	if (value !== undefined && !isTooDeep(value) && JSON.stringify(value, null, 2) === body) {
		return {
			declaration: `${writeLiteral(value, dialectFor(files), { prefix: 'const body = ' })};`,
			expression: 'JSON.stringify(body, null, 2)'
		};
	}
	const pieces = cutAtFiles(body, files).map((piece) =>
		typeof piece === 'string' ? quoteTemplate(piece) : `\${${sayFile(piece)}}`
	);
	return { declaration: `const body = \`${pieces.join('')}\`;`, expression: 'body' };
}

/** How JavaScript writes JSON values. */
export const javascriptDialect: Dialect = {
	indent: '  ',
	braces: ['{ ', ' }'],
	constants: { null: 'null', true: 'true', false: 'false' },
	key: writeKey,
	text: quote
};

function dialectFor(files: readonly SnippetFile[]): Dialect {
	return {
		...javascriptDialect,
		text: (text) => {
			const found = readFileText(text, files);
			if (found === undefined) return quote(text);
			const { before, file } = found;
			return before === '' ? sayFile(file) : `${quote(before)} + ${sayFile(file)}`;
		}
	};
}

function sayFile({ name }: SnippetFile): string {
	return `base64Of(${quote(name)})`;
}

function writeKey(key: string): string {
	// As a plain key it would set the prototype.
	if (key === '__proto__') return `['__proto__']`;
	return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

/** A string between single quotes, or double ones where that saves escapes. */
function quote(text: string): string {
	const double = quoteDouble(text);
	if (text.includes("'") && !text.includes('"')) return double;
	const inner = double.slice(1, -1).replace(/\\(.)|'/g, (match, escaped: string | undefined) => {
		if (match === "'") return "\\'";
		return escaped === '"' ? '"' : match;
	});
	return `'${inner}'`;
}

/** What stands in a template literal: it keeps lines, but would turn \r\n into \n. */
function quoteTemplate(text: string): string {
	const safe = text
		.toWellFormed()
		.replace(/[\\`]|\$(?=\{)/g, '\\$&')
		.replaceAll('\r', '\\r');
	return escapeHidden(safe);
}
