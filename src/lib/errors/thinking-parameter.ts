import type { Explain } from './explanation.ts';
import { namedParams, primary, turnOff } from './fixes.ts';
import { says } from './service-words.ts';

/** While a model thinks, it takes `temperature` only as 1, and a narrow `top_p`. */
export const thinkingParameter: Explain = ({ error, draft }) => {
	if (!says(error, /(temperature|top_?p|top_?k)\b.*when thinking is enabled/i)) return undefined;
	const [first] = namedParams(error.message, draft);
	return {
		code: 'thinking-parameter',
		fixes: first === undefined ? [] : [primary(turnOff(...first))]
	};
};
