import type { Api } from '../api.ts';
import { parseBody, parseEvent } from './events.ts';
import { converseRequests } from './outgoing.ts';
import { read } from './read.ts';
import { build } from './request.ts';
import { toolForms } from './tool-forms.ts';
import { ownsTool, readTool } from './tools.ts';

const tools = { ...toolForms, read: readTool, owns: ownsTool };

/** Bedrock's own API for all models that chat, streamed as binary event-stream messages. */
export const converse: Api = { ...converseRequests, build, read, tools, parseEvent, parseBody };
