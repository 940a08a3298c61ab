import type { ApiId } from '../model/draft.ts';
import type { Build } from './api.ts';
import { provideBuilders } from './build.ts';
import { build as buildChat } from './chat-completions/request.ts';
import { build as buildConverse } from './converse/request.ts';
import { build as buildResponses } from './responses/request.ts';

/** What builds the requests of each API. */
export const builders: Readonly<Record<ApiId, Build>> = {
	converse: buildConverse,
	'chat-completions': buildChat,
	responses: buildResponses
};

provideBuilders(builders);
