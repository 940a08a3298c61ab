import type { RequestApi } from '../api.ts';
import { buildAs } from '../build.ts';
import { guardrailHeaders, headOf, sayTrace } from './head.ts';
import { params } from './params.ts';

/** What goes out to it. */
export const chatCompletionsRequests: RequestApi = {
	id: 'chat-completions',
	label: 'Chat Completions',
	docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html',
	params,
	output: 'response_format',
	system: 'System',
	messages: 'messages',
	roles: ['user', 'assistant', 'system', 'developer'],
	endpoints: ['runtime', 'mantle', 'gateway'],
	prefixed: true,
	guardrail: {
		// Mantle takes the headers and ignores them.
		endpoints: ['runtime'],
		row: 'X-Amzn-Bedrock-Guardrail…',
		...guardrailHeaders,
		sayTrace
	},
	mark: { shape: 'square', hue: '--chat-mark' },
	defaultModel: () => 'openai.gpt-oss-120b',
	usageParam: 'includeUsage',
	toolResult: { name: 'role: "tool"', hasStatus: false, files: [] },
	files: { image: 's3', document: 'none', audio: 'none' },
	// It fetches an image itself before it calls Bedrock.
	gatewayFiles: { image: 'web' },
	chains: false,
	framing: 'sse',
	headOf,
	build: buildAs('chat-completions')
};
