import type { Api } from '../api.ts';
import { parseBody, parseEvent } from './events.ts';
import { params } from './params.ts';
import { read } from './read.ts';
import { build } from './request.ts';

/** OpenAI's newer API, which can keep a response and continue it, streamed as typed server-sent events. */
export const responses: Api = {
	id: 'responses',
	label: 'Responses',
	docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-responses-api.html',
	params,
	system: 'instructions',
	endpoints: ['runtime', 'mantle'],
	prefixed: true,
	mark: { shape: 'diamond', hue: '--responses-mark' },
	defaultModel: () => 'openai.gpt-oss-120b',
	chains: true,
	framing: 'sse',
	build,
	read,
	parseEvent,
	parseBody
};
