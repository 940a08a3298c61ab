import { getOwn } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import { keyVariableFor, parseOrUndefined } from './client.ts';
import type { Snippet } from './client.ts';
import { curl } from './curl.ts';
import { javascriptDialect } from './javascript.ts';
import { writeLiteral } from './literal.ts';
import { renderOpenai } from './python-openai.ts';
import { renderUrllib } from './python-urllib.ts';

/** One language in which a request for embeddings is written. */
export interface EmbeddingsClient {
	id: 'curl' | 'python' | 'javascript';
	label: string;
	/** Total, as that of a `Client`: any request gives code, and the key is an environment variable. */
	render(request: HttpRequest): Snippet;
}

/** Every language, in the order of the tabs. */
export const embeddingsClients: readonly EmbeddingsClient[] = [
	// Neither streams.
	{ id: 'curl', label: 'cURL', render: (request) => curl.render(request, 'chat-completions') },
	{
		id: 'python',
		label: 'Python',
		render: (request) =>
			withNote(renderOpenai(request, 'embeddings', []) ?? renderUrllib(request, []), '#', request)
	},
	{ id: 'javascript', label: 'JavaScript', render: renderJavaScript }
];

/** JavaScript with the openai package. */
function renderJavaScript(request: HttpRequest): Snippet {
	const base = request.url.replace(/\/embeddings$/, '');
	const body = (parseOrUndefined(request.body) ?? {}) as Json;
	const code = [
		"import OpenAI from 'openai';",
		'',
		'// For Node 18 or later: save it as a file .mjs',
		`// Set the key first: export ${keyVariableFor(request.url)}=your-key`,
		'const client = new OpenAI({',
		`  ${writeLiteral(base, javascriptDialect, { prefix: 'baseURL: ' })},`,
		`  apiKey: process.env.${keyVariableFor(request.url)},`,
		'});',
		'',
		`${writeLiteral(body, javascriptDialect, { prefix: 'const response = await client.embeddings.create(' })});`,
		'for (const { index, embedding } of response.data) console.log(index, embedding);',
		'console.log(response.usage);',
		''
	].join('\n');
	return withNote({ code, language: 'javascript', install: 'npm install openai', files: [] }, '//', request);
}

/** Says what the packages send beside what is set: numbers as base64, which they decode, where nobody says how. */
function withNote(snippet: Snippet, comment: string, request: HttpRequest): Snippet {
	const body = parseOrUndefined(request.body);
	const isSet = getOwn(body, 'encoding_format') !== undefined;
	if (isSet || snippet.install === undefined) return snippet;
	const note = `${comment} The package asks for base64 by itself and decodes it\n`;
	return { ...snippet, code: note + snippet.code };
}
