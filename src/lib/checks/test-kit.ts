import { requestApis } from '../apis/outgoing.ts';
import { targetFor } from '../catalog/targets.ts';
import type { ApiId, Draft } from '../model/draft.ts';
import type { Check, Warning } from './check.ts';

/** What one rule finds in a draft of an API, with a key of us-west-2. */
export function find(check: Check, api: ApiId, draft: Partial<Draft>): Warning[] {
	const whole: Draft = { model: 'm', messages: [], params: {}, ...draft };
	const target = targetFor(requestApis[api], whole, 'us-west-2');
	return check({ draft: whole, api: requestApis[api], target });
}
