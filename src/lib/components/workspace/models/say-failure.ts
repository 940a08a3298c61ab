import { missingActionOf } from '../../../errors/not-authorized.ts';
import type { ListTarget } from '../../../http/list-models.ts';
import type { CallFailure } from '../../../http/call.ts';
import { text } from '../../../text/index.ts';

/** Why a call to the services has failed, for a sentence that has begun. */
export function sayReason(
	base: string,
	failure: CallFailure | { reason: 'not-loaded' | 'no-key' }
): string {
	const words = text.models.reasons;
	const { host } = new URL(base);
	switch (failure.reason) {
		case 'refused': {
			const action = missingActionOf(failure.error);
			if (action !== undefined) return words.action(action);
			const { status, message, code = '' } = failure.error;
			return words.refused(
				status,
				message === '' ? code : message.replaceAll('`', '’').slice(0, 300)
			);
		}
		case 'unreachable':
			return failure.cause === 'offline' ? words.offline : words[failure.cause](host);
		case 'unsent':
		case 'stopped':
		case 'broken-off':
		case 'not-json':
		case 'too-large':
		case 'key-in-answer':
		case 'not-loaded':
		case 'no-key':
			return words[failure.reason];
	}
}

/** Which list could not be read, and why. */
export function sayFailure(
	{ list, base }: ListTarget,
	failure: CallFailure | { reason: 'not-loaded' | 'no-key' }
): string {
	return `${text.models.lists[list]}: ${sayReason(base, failure)}.`;
}
