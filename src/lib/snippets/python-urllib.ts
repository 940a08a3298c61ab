import type { HttpRequest } from '../model/request.ts';
import { keyVariableFor } from './client.ts';
import type { Snippet } from './client.ts';
import { cutAtFiles, namesIn } from './files.ts';
import type { SnippetFile } from './files.ts';
import { escapeHidden, quoteDouble } from './literal.ts';
import { readFiles, sayFile, sayKey } from './python-call.ts';

/** Python without packages: sends any request as it is and prints the answer as it comes. */
export function renderUrllib(request: HttpRequest, files: readonly SnippetFile[]): Snippet {
	const { method, body } = request;
	const names = namesIn(body, files);
	const variable = keyVariableFor(request.url);
	const headers = Object.entries(request.headers).map(
		([name, value]) => `        ${quoteDouble(name)}: ${quoteDouble(value)},`
	);
	const code = [
		...(names.length > 0 ? ['import base64'] : []),
		'import os',
		'import shutil',
		'import sys',
		'import urllib.error',
		'import urllib.request',
		'',
		...(names.length > 0 ? [readFiles] : []),
		sayKey(variable),
		...(body === undefined ? [] : [`body = ${sayBody(body, files)}`, '']),
		'request = urllib.request.Request(',
		`    ${quoteDouble(hrefOf(request.url))},`,
		`    method="${method}",`,
		'    headers={',
		`        "Authorization": f"Bearer {os.environ['${variable}']}",`,
		...headers,
		'    },',
		...(body === undefined ? [] : ['    data=body.encode(),']),
		')',
		'',
		'try:',
		'    with urllib.request.urlopen(request) as response:',
		'        shutil.copyfileobj(response, sys.stdout.buffer)',
		'except urllib.error.HTTPError as error:',
		'    sys.exit(f"{error.code} {error.read().decode()}")',
		''
	];
	return { code: code.join('\n'), language: 'python', files: names };
}

function sayBody(body: string, files: readonly SnippetFile[]): string {
	return cutAtFiles(body, files)
		.map((piece) => (typeof piece === 'string' ? quoteTriple(piece) : sayFile(piece)))
		.join(' + ');
}

/** urllib refuses an address with characters that a browser would escape. */
function hrefOf(url: string): string {
	return URL.canParse(url) ? new URL(url).href : url;
}

/** A text between triple quotes, its lines kept. Half a surrogate pair becomes U+FFFD, as in `fetch`. */
function quoteTriple(text: string): string {
	const safe = text
		.toWellFormed()
		.replaceAll('\\', '\\\\')
		.replace(/'(?='|$)/g, "\\'")
		.replace(/[\0\r]/g, (unit) => (unit === '\r' ? '\\r' : '\\0'));
	return `'''${escapeHidden(safe)}'''`;
}
