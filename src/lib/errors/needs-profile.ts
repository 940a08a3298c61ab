import type { Explain } from './explanation.ts';
import { command, primary, resendWith } from './fixes.ts';
import { says } from './service-words.ts';

/** The model is called only through an inference profile. */
export const needsProfile: Explain = ({ error, profiles }) => {
	if (!says(error, /on-demand throughput (isn't|is not) supported/i)) return undefined;
	const [best, ...others] = [
		...profiles.map((model) =>
			resendWith({ model }, 'use-model', model.slice(0, model.indexOf('.') + 1))
		),
		command('choose-model')
	];
	return { code: 'needs-profile', fixes: best ? [primary(best), ...others] : [] };
};
