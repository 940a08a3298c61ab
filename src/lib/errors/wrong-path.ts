import type { Explain } from './explanation.ts';
import { command, primary, resendWith } from './fixes.ts';
import { says } from './service-words.ts';

/** The model is not on this path: mantle serves some under `/v1` and others under `/openai/v1`, and some on no such API. */
export const wrongPath: Explain = ({ error, url }) => {
	if (!says(error, /does not support the '\/|isn't supported on this route/i)) return undefined;
	const { hostname, pathname } = new URL(url);
	if (!hostname.startsWith('bedrock-mantle.')) {
		return { code: 'wrong-path', fixes: [primary(command('choose-model'))] };
	}
	const prefix = pathname.startsWith('/openai/') ? '/v1' : '/openai/v1';
	return {
		code: 'wrong-path',
		fixes: [primary(resendWith({ prefix }, 'use-prefix', prefix)), command('choose-model')]
	};
};
