import type { Call } from '../call.ts';
import type { Prompt } from '../answers/completion.ts';
import type { JsonObject } from '../json.ts';
import { numberOf, objectOf, objectsOf, stringOf, stringsOf } from '../json.ts';
import { readModelId } from '../models/families.ts';
import { readFormat, readOpenAiMessage, readToolChoice } from '../openai/request.ts';

/** A Chat body as a prompt. */
export function readChat(model: string, body: JsonObject, call: Call): Prompt {
	const thinks = readModelId(model).family?.thinks ?? 'never';
	const effort = body['reasoning_effort'];
	const shown =
		call.place === 'runtime'
			? ['always']
			: effort === 'high'
				? ['always', 'mantle', 'asked']
				: ['always', 'mantle'];
	const schema = readFormat(objectOf(body['response_format']));
	return {
		turns: objectsOf(body['messages']).map(readOpenAiMessage),
		tools: objectsOf(body['tools']).map(({ function: tool }) => ({
			name: stringOf(objectOf(tool)['name']),
			schema: objectOf(tool)['parameters']
		})),
		// A search that the request asks for is always made.
		serverTools:
			body['web_search_options'] === undefined
				? []
				: [{ kind: 'web-search', name: 'web_search', always: true }],
		region: call.region,
		choice: readToolChoice(body['tool_choice']),
		thinks: effort !== 'none' && shown.includes(thinks),
		maxTokens: numberOf(body['max_completion_tokens'] ?? body['max_tokens']),
		stops: stringsOf(body['stop']),
		...(schema !== undefined && { schema }),
		guarded: guardrailIdOf(call) !== undefined
	};
}

/**
 * The guardrail that looks at a call. Mantle ignores the header, so a loopback host heeds it only on
 * the path that the runtime has too.
 */
export function guardrailIdOf({ place, path, headers }: Call): string | undefined {
	const heeded = place === 'runtime' || (place === 'loopback' && path.startsWith('/openai/'));
	return (heeded ? headers.get('x-amzn-bedrock-guardrailidentifier') : null) ?? undefined;
}
