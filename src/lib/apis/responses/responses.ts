import type { Api } from '../api.ts';
import { parseBody, parseEvent } from './events.ts';
import { responsesRequests } from './outgoing.ts';
import { ownsTool, read, readTool } from './read.ts';
import { build } from './request.ts';
import { toolForms } from './tool-forms.ts';

const tools = { ...toolForms, read: readTool, owns: ownsTool };

/** OpenAI's newer API, which can keep a response and continue it, streamed as typed server-sent events. */
export const responses: Api = { ...responsesRequests, build, read, tools, parseEvent, parseBody };
