import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** AWS Marketplace, which sells the model, finds no valid means of payment. */
export const paymentInstrument: Explain = ({ error }) =>
	says(error, /INVALID_PAYMENT_INSTRUMENT|valid payment instrument/i)
		? {
				code: 'payment-instrument',
				fixes: [primary(command('choose-model')), command('retry')]
			}
		: undefined;
