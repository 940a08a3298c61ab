import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { plainWords } from './service-words.ts';

/** The first call of a model subscribes to it on AWS Marketplace, and the key's owner may not. */
export const marketplaceActions: Explain = ({ error }) => {
	const actions = plainWords(error).match(/\baws-marketplace:\w+/gi);
	if (actions === null) return undefined;
	return {
		code: 'marketplace-actions',
		values: { actions: [...new Set(actions)].map((action) => `\`${action}\``).join(', ') },
		fixes: [primary(command('choose-model')), command('retry')]
	};
};
