import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** The model's subscription on AWS Marketplace is on its way, which takes some minutes. */
export const marketplaceSubscription: Explain = ({ error }) =>
	says(error, /marketplace (subscription|agreement)/i)
		? {
				code: 'marketplace-subscription',
				fixes: [primary(command('retry')), command('choose-model')]
			}
		: undefined;
