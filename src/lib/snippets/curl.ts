import type { ApiId } from '../model/draft.ts';
import type { HttpRequest } from '../model/request.ts';
import { isStreamed, keyVariableFor } from './client.ts';
import type { Client, Snippet } from './client.ts';

// Linux refuses an argument of 128 KiB; the body is one.
const MAX_ARGUMENT_BYTES = 100_000;

/** curl in a POSIX shell. */
export const curl: Client = { id: 'curl', label: 'cURL', render };

function render(request: HttpRequest, api: ApiId): Snippet {
	const { body } = request;
	const isLong = body !== undefined && new TextEncoder().encode(body).length > MAX_ARGUMENT_BYTES;
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
		...(body === undefined ? [] : [isLong ? '--data-binary @-' : `--data-raw ${quote(body)}`])
	];
	const command = ['curl -sS --fail-with-body', ...(isStream ? ['-N'] : []), sayUrl(request.url)];
	// printf is a builtin, so what it is given is no argument of a process.
	const pipe = isLong ? `printf '%s' ${quote(body)} | ` : '';
	const code = [
		...sayComments(variable, isBinary, isLong),
		pipe + [command.join(' '), ...options].join(' \\\n  ')
	];
	return { code: code.join('\n') + '\n', language: 'bash' };
}

/** Plain words: an interactive zsh runs a comment as a command, so quotes and brackets in it would do harm. */
function sayComments(variable: string, isBinary: boolean, isLong: boolean): string[] {
	return [
		`# Set the key first: export ${variable}=your-key`,
		...(isBinary
			? [
					'# The answer is binary, application/vnd.amazon.eventstream, so it goes to a file, as does an error',
					'# The Python and JavaScript code decodes it'
				]
			: []),
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
