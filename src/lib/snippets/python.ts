import type { ApiId } from '../model/draft.ts';
import type { HttpRequest } from '../model/request.ts';
import type { Client, Snippet } from './client.ts';
import { renderBoto3 } from './python-boto3.ts';
import { renderOpenai } from './python-openai.ts';
import { renderUrllib } from './python-urllib.ts';

/** Python: boto3 for Converse, openai for the OpenAI APIs, and the plain request where these cannot say it. */
export const python: Client = { id: 'python', label: 'Python', render };

function render(request: HttpRequest, api: ApiId): Snippet {
	const said = api === 'converse' ? renderBoto3(request) : renderOpenai(request, api);
	return said ?? renderUrllib(request);
}
