import type { Api } from '../api.ts';
import { parseBody, parseEvent } from './events.ts';
import { chatCompletionsRequests } from './outgoing.ts';
import { ownsTool, read, readTool } from './read.ts';
import { build } from './request.ts';
import { toolForms } from './tool-forms.ts';

const tools = { ...toolForms, read: readTool, owns: ownsTool };

/** OpenAI's older API, on both endpoints and on gateways, streamed as server-sent events. */
export const chatCompletions: Api = {
	...chatCompletionsRequests,
	build,
	read,
	tools,
	parseEvent,
	parseBody
};
