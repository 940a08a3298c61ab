import type { Api } from '../api.ts';
import { parseBody, parseEvent } from './events.ts';
import { params } from './params.ts';
import { read } from './read.ts';
import { build } from './request.ts';

/** Bedrock's own API for all models that chat, streamed as binary event-stream messages. */
export const converse: Api = {
	id: 'converse',
	label: 'Converse',
	docs: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html',
	params,
	system: 'System',
	chains: false,
	framing: 'message',
	build,
	read,
	parseEvent,
	parseBody
};
