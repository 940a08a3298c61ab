import type { Explain } from './explanation.ts';

/** The model is called only through an inference profile. The service writes a curly apostrophe. */
export const needsProfile: Explain = ({ error, profiles }) => {
	if (!/on-demand throughput isn['’]t supported/i.test(error.message)) return undefined;
	const fixes = profiles.map((model) => ({ fix: 'use-model', model }) as const);
	return { code: 'needs-profile', fixes: [...fixes, { fix: 'choose-model' }] };
};
