import type { Explain } from './explanation.ts';
import { namedParams, primary, turnOff } from './fixes.ts';
import { says } from './service-words.ts';

/** The model takes either of two parameters, usually `temperature` and `top_p`, but not both. */
export const temperatureAndTopP: Explain = ({ error, draft }) => {
	if (!says(error, /cannot both|can't both|cannot be (used|specified|set) together/i))
		return undefined;
	const [last, ...others] = namedParams(error.message, draft).reverse();
	if (last === undefined) return undefined;
	return {
		code: 'temperature-and-top-p',
		fixes: [primary(turnOff(...last)), ...others.map((one) => turnOff(...one))]
	};
};
