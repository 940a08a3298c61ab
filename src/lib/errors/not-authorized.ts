import type { ServiceError } from '../model/event.ts';
import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { plainWords, says } from './service-words.ts';

/** The action that a service says is missing, such as `bedrock:ListFoundationModels`; undefined where it names none. */
export function missingActionOf(error: ServiceError): string | undefined {
	return /not authorized to perform:? ([\w-]+:\w+)/i.exec(plainWords(error))?.[1];
}

/** The key is good, but its owner lacks a permission, which the service names. */
export const notAuthorized: Explain = ({ error }) => {
	const isDenied = says(error, /not authorized|access ?denied|access_denied|permission_denied/i);
	if (!isDenied || ![401, 403].includes(error.status)) return undefined;
	const action = missingActionOf(error);
	const retry = command('retry');
	const replaceKey = command('replace-key');
	return {
		code: 'not-authorized',
		values: { action },
		// Who may not use keys at all may not with another model either.
		fixes: /:CallWithBearerToken$/i.test(action ?? '')
			? [primary(replaceKey), retry]
			: [primary(command('choose-model')), replaceKey, retry]
	};
};
