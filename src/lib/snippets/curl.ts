import type { ApiId } from '../model/draft.ts';
import type { HttpRequest } from '../model/request.ts';
import { isStreamed, keyVariableFor } from './client.ts';
import type { Client, Snippet } from './client.ts';
import { cutAtFiles, namesIn } from './files.ts';
import type { SnippetFile } from './files.ts';

// Linux refuses an argument of 128 KiB; the body is one.
const MAX_ARGUMENT_BYTES = 100_000;

/** curl in a POSIX shell. */
export const curl: Client = { id: 'curl', label: 'cURL', render };

function render(request: HttpRequest, api: ApiId, files: readonly SnippetFile[] = []): Snippet {
	const { body } = request;
	const names = namesIn(body, files);
	const isLong = body !== undefined && new TextEncoder().encode(body).length > MAX_ARGUMENT_BYTES;
	const isPiped = isLong || names.length > 0;
	const isStream = isStreamed(request, api);
	const isBinary = isStream && api === 'converse';
	const variable = keyVariableFor(request.url);
	const options = [
		...sayMethod(request),
		`-H "Authorization: Bearer $${variable}"`,
		...Object.entries(request.headers).map(
			([name, value]) => `-H ${quote(sayHeader(name, value))}`
		),
		...(isBinary ? ['--output converse-stream.bin'] : []),
		...(body === undefined ? [] : [isPiped ? '--data-binary @-' : `--data-raw ${quote(body)}`])
	];
	const command = ['curl -sS --fail-with-body', ...(isStream ? ['-N'] : []), sayUrl(request.url)];
	const pipe = body !== undefined && isPiped ? `${sayPiped(body, files)} | ` : '';
	const code = [
		...sayComments(variable, isBinary, isLong && names.length === 0, names.length > 0),
		pipe + [command.join(' '), ...options].join(' \\\n  ')
	];
	return { code: code.join('\n') + '\n', language: 'bash', files: names };
}

/** Commands that write the body. printf is a builtin, so what it is given is no argument of a process. */
function sayPiped(body: string, files: readonly SnippetFile[]): string {
	const commands = cutAtFiles(body, files).map((piece) =>
		typeof piece === 'string'
			? `printf '%s' ${quote(piece)}`
			: `base64 < ${quote(piece.name)} | tr -d '\\n'`
	);
	const [only, ...others] = commands;
	if (only !== undefined && others.length === 0) return only;
	return `{\n${commands.map((command) => `  ${command}\n`).join('')}}`;
}

/** Plain words: an interactive zsh runs a comment as a command, so quotes and brackets in it would do harm. */
function sayComments(
	variable: string,
	isBinary: boolean,
	isLong: boolean,
	readsFiles: boolean
): string[] {
	return [
		`# Set the key first: export ${variable}=your-key`,
		...(isBinary
			? [
					'# The answer is binary, application/vnd.amazon.eventstream, so it goes to a file, as does an error',
					'# The Python and JavaScript code decodes it'
				]
			: []),
		...(readsFiles ? ['# The attached files are read from the folder that this is run in'] : []),
		...(isLong ? ['# The body is too long for an argument, so it comes through a pipe'] : [])
	];
}

/** Options for a method that curl would not choose by itself. */
function sayMethod({ method, body }: HttpRequest): string[] {
	return method === (body === undefined ? 'GET' : 'POST') ? [] : [`-X ${method}`];
}

function sayUrl(url: string): string {
	// curl would take brackets for a set of addresses.
	return (/[[\]{}]/.test(url) ? '--globoff ' : '') + quote(url);
}

function sayHeader(name: string, value: string): string {
	// With a colon, an empty value would remove the header.
	return value === '' ? `${name};` : `${name}: ${value}`;
}

/** One word of a POSIX shell: nothing is special between single quotes but their end. */
function quote(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}
