import type { ApiId } from '../model/draft.ts';
import type { Api } from './api.ts';
import { converse } from './converse.ts';

/** Every wire API, in the order of the tabs. */
export const apis: Record<ApiId, Api> = {
	converse
};
