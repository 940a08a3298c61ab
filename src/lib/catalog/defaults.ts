import type { ApiId } from '../model/draft.ts';

/** The Region that the demo speaks of, and that a long-term key begins with. */
export const defaultRegion = 'us-west-2';

/** The model that a fresh draft names: one that the API serves in (nearly) every Region. */
export function defaultModel(api: ApiId, region: string): string {
	if (api !== 'converse') return 'openai.gpt-oss-120b';
	const geography = /^us-(east|west)-/.test(region) ? 'us' : 'global';
	return `${geography}.anthropic.claude-sonnet-4-5-20250929-v1:0`;
}
