import type { ApiId } from '../model/draft.ts';
import type { Api } from './api.ts';
import { chatCompletions } from './chat-completions/chat-completions.ts';
import { converse } from './converse/converse.ts';
import { responses } from './responses/responses.ts';

/** Every wire API, in the order of the tabs. */
export const apis: Record<ApiId, Api> = {
	converse,
	'chat-completions': chatCompletions,
	responses
};
