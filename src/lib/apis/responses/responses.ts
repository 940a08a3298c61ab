import type { Api } from '../api.ts';
import { parseBody, parseEvent } from './events.ts';
import { responsesRequests } from './outgoing.ts';
import { read } from './read.ts';
import { build } from './request.ts';
import { tools } from './tool-forms.ts';

/** OpenAI's newer API, which can keep a response and continue it, streamed as typed server-sent events. */
export const responses: Api = { ...responsesRequests, build, read, tools, parseEvent, parseBody };
