import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { plainWords, says } from './service-words.ts';

/** The first call of a model subscribes to it on AWS Marketplace, and the key's owner may not. */
export const marketplaceActions: Explain = ({ error }) => {
	const named = plainWords(error).match(/\baws-marketplace:\w+/gi);
	if (named === null && !says(error, /marketplace actions/i)) return undefined;
	const actions = new Set(named ?? usual);
	return {
		code: 'marketplace-actions',
		values: { actions: Array.from(actions, (action) => `\`${action}\``).join(', ') },
		fixes: [primary(command('choose-model')), command('retry')]
	};
};

/** What the service means where it does not name them. */
const usual = ['aws-marketplace:ViewSubscriptions', 'aws-marketplace:Subscribe'];
