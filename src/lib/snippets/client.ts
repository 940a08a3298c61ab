import type { ApiId } from '../model/draft.ts';
import { getOwn } from '../model/json.ts';
import { endpointOf } from '../model/request.ts';
import type { HttpRequest } from '../model/request.ts';
import type { SnippetFile } from './files.ts';

/** Code that sends one request and prints the answer. */
export interface Snippet {
	code: string;
	/** For the highlighter. */
	language: 'bash' | 'python' | 'javascript';
	/** Names of the files that the code reads from the folder that it is run in. */
	files: readonly string[];
	/** Command that installs what the code imports; absent where it needs nothing. */
	install?: string;
}

/** One language of the code view. */
export interface Client {
	id: 'curl' | 'python' | 'javascript';
	label: 'cURL' | 'Python' | 'JavaScript';
	/**
	 * Total: any request gives code. The key is always an environment variable, see `keyVariableFor`, and the code sends
	 * the request's method, address, headers and body. What the body has of `files` is read from files of these names.
	 */
	render(request: HttpRequest, api: ApiId, files?: readonly SnippetFile[]): Snippet;
}

/**
 * The environment variable that holds the key for an address: a gateway has a key of its own, by the name that clients of
 * OpenAI give it.
 */
export function keyVariableFor(url: string): 'AWS_BEARER_TOKEN_BEDROCK' | 'OPENAI_API_KEY' {
	const isBedrock = URL.canParse(url) && endpointOf(new URL(url).hostname) !== 'gateway';
	return isBedrock ? 'AWS_BEARER_TOKEN_BEDROCK' : 'OPENAI_API_KEY';
}

/** Whether the answer to `request` comes as a stream. */
export function isStreamed(request: HttpRequest, api: ApiId): boolean {
	if (api === 'converse') return /\/converse-stream$/.test(request.url);
	return getOwn(parseOrUndefined(request.body), 'stream') === true;
}

/** The value of a JSON text; undefined for none and for text that is not JSON. */
export function parseOrUndefined(text: string | undefined): unknown {
	try {
		return text === undefined ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}
