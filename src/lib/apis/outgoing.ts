import type { ApiId } from '../model/draft.ts';
import type { RequestApi } from './api.ts';
import { chatCompletionsRequests } from './chat-completions/outgoing.ts';
import { converseRequests } from './converse/outgoing.ts';
import { responsesRequests } from './responses/outgoing.ts';

/** Every wire API in the order of the tabs, without what reads its answers: that is loaded with the first of them. */
export const requestApis: Record<ApiId, RequestApi> = {
	converse: converseRequests,
	'chat-completions': chatCompletionsRequests,
	responses: responsesRequests
};
