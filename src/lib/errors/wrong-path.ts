import type { Explain } from './explanation.ts';

/** The model is not on this path: mantle serves some under `/v1` and others under `/openai/v1`, and some on no such API. */
export const wrongPath: Explain = ({ error, url }) => {
	if (!/does not support the '\/|isn['’]t supported on this route/i.test(error.message)) {
		return undefined;
	}
	if (!new URL(url).hostname.startsWith('bedrock-mantle.')) {
		return { code: 'wrong-path', fixes: [{ fix: 'choose-model' }] };
	}
	const prefix = new URL(url).pathname.startsWith('/openai/') ? '/v1' : '/openai/v1';
	return { code: 'wrong-path', fixes: [{ fix: 'use-prefix', prefix }, { fix: 'choose-model' }] };
};
