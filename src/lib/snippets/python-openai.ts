import type { ApiId } from '../model/draft.ts';
import type { Json } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import { isStreamed, keyVariableFor } from './client.ts';
import type { Snippet } from './client.ts';
import { namesIn } from './files.ts';
import type { SnippetFile } from './files.ts';
import {
	dialectFor,
	pythonDialect,
	readCall,
	readFiles,
	sayKey,
	writeCall
} from './python-call.ts';
import { writeLiteral } from './literal.ts';

type OpenaiId = Exclude<ApiId, 'converse'> | 'embeddings';

/** One method of the package. */
interface Method {
	path: string;
	name: string;
	/** Python refuses a call without these. */
	required: readonly string[];
	/** Parameters that releases of years know; what is newer goes through `extra_body`, which any release takes. */
	known: ReadonlySet<string>;
	printAnswer: string;
	/** Absent where nothing is streamed. */
	printStream?: string;
}

const methods: Record<OpenaiId, Method> = {
	'chat-completions': {
		path: '/chat/completions',
		name: 'chat.completions.create',
		required: ['model', 'messages'],
		known: new Set(
			(
				'model messages audio frequency_penalty function_call functions logit_bias logprobs ' +
				'max_completion_tokens max_tokens metadata modalities n parallel_tool_calls prediction ' +
				'presence_penalty reasoning_effort response_format seed service_tier stop store stream ' +
				'stream_options temperature tool_choice tools top_logprobs top_p user web_search_options'
			).split(' ')
		),
		printAnswer: `for choice in response.choices:
    print(choice.message.content or choice.message)`,
		printStream: `for chunk in response:
    for choice in chunk.choices:
        print(choice.delta.content or "", end="", flush=True)
print()`
	},
	responses: {
		path: '/responses',
		name: 'responses.create',
		required: ['model', 'input'],
		known: new Set(
			(
				'model input background include instructions max_output_tokens metadata ' +
				'parallel_tool_calls previous_response_id reasoning service_tier store stream ' +
				'temperature text tool_choice tools top_p truncation user'
			).split(' ')
		),
		printAnswer: 'print(response.output_text or response)',
		printStream: `for event in response:
    if event.type == "response.output_text.delta":
        print(event.delta, end="", flush=True)
    elif event.type in ("error", "response.failed"):
        raise RuntimeError(event)
print()`
	},

	embeddings: {
		path: '/embeddings',
		name: 'embeddings.create',
		required: ['model', 'input'],
		known: new Set(['model', 'input', 'dimensions', 'encoding_format', 'user']),
		printAnswer: `for item in response.data:
    print(item.index, item.embedding)
print(response.usage)`
	}
};

/** Python with the openai package; undefined for a request that it would not send as it is. */
export function renderOpenai(
	request: HttpRequest,
	api: OpenaiId,
	files: readonly SnippetFile[]
): Snippet | undefined {
	const { path, name, required, known, printAnswer, printStream } = methods[api];
	const call = readCall(request);
	if (call === undefined || !call.url.pathname.endsWith(path)) return undefined;
	const { url, body, headers } = call;
	if (!required.every((key) => Object.hasOwn(body, key))) return undefined;
	const entries = Object.entries(body);
	const args: [string, Json][] = entries.filter(([key]) => known.has(key));
	const extra = entries.filter(([key]) => !known.has(key));
	if (extra.length > 0) args.push(['extra_body', Object.fromEntries(extra)]);
	if (headers.length > 0) args.push(['extra_headers', Object.fromEntries(headers)]);
	const variable = keyVariableFor(request.url);
	const base = url.origin + url.pathname.slice(0, -path.length);
	const names = namesIn(request.body, files);
	const code = [
		...(names.length > 0 ? ['import base64'] : []),
		'import os',
		'',
		'from openai import OpenAI',
		'',
		...(names.length > 0 ? [readFiles] : []),
		sayKey(variable),
		'client = OpenAI(',
		`    ${writeLiteral(base, pythonDialect, { prefix: 'base_url=' })},`,
		`    api_key=os.environ["${variable}"],`,
		')',
		'',
		writeCall(`response = client.${name}`, args, dialectFor(files)),
		'',
		(api !== 'embeddings' && isStreamed(request, api) ? printStream : undefined) ?? printAnswer,
		''
	];
	return {
		...{ code: code.join('\n'), language: 'python', files: names },
		install: 'pip install -U openai'
	};
}
