import type { ApiId } from '../model/draft.ts';
import type { HttpRequest } from '../model/request.ts';
import type { Client, Snippet } from './client.ts';
import type { SnippetFile } from './files.ts';
import { renderBoto3 } from './python-boto3.ts';
import { renderOpenai } from './python-openai.ts';
import { renderUrllib } from './python-urllib.ts';

/** Python: boto3 for Converse, openai for the OpenAI APIs, and the plain request where these cannot say it. */
export const python: Client = { id: 'python', label: 'Python', render };

function render(request: HttpRequest, api: ApiId, files: readonly SnippetFile[] = []): Snippet {
	const said = api === 'converse' ? renderBoto3(request, files) : renderOpenai(request, api, files);
	return said ?? renderUrllib(request, files);
}
