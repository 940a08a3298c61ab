import type { RequestApi } from '../api.ts';
import { buildAs } from '../build.ts';
import { headOf } from './head.ts';
import { params } from './params.ts';

/** What goes out to it. */
export const responsesRequests: RequestApi = {
	id: 'responses',
	label: 'Responses',
	docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-responses-api.html',
	params,
	output: 'text.format',
	system: 'instructions',
	messages: 'input',
	roles: ['user', 'assistant', 'system', 'developer'],
	endpoints: ['runtime', 'mantle'],
	prefixed: true,
	mark: { shape: 'diamond', hue: '--responses-mark' },
	defaultModel: () => 'openai.gpt-oss-120b',
	toolResult: { name: 'function_call_output', hasStatus: false, files: ['image', 'document'] },
	files: { image: 'web', document: 'web' },
	chains: true,
	framing: 'sse',
	headOf,
	build: buildAs('responses')
};
