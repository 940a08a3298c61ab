import type { Api } from '../api.ts';
import { parseBody, parseEvent } from './events.ts';
import { params } from './params.ts';
import { read } from './read.ts';
import { build, guardrailHeaders, sayTrace } from './request.ts';

/** OpenAI's older API, on both endpoints and on gateways, streamed as server-sent events. */
export const chatCompletions: Api = {
	id: 'chat-completions',
	label: 'Chat Completions',
	docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html',
	params,
	system: 'System',
	endpoints: ['runtime', 'mantle'],
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
	chains: false,
	framing: 'sse',
	build,
	read,
	parseEvent,
	parseBody
};
