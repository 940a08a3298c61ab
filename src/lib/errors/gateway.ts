import { endpointOf } from '../model/request.ts';
import type { Explain, Explanation, Failure, Fix } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { keyExpired } from './key-expired.ts';
import { keyMalformed } from './key-malformed.ts';
import { keyRefused } from './key-refused.ts';
import { missingHeader } from './missing-header.ts';
import { notAuthorized } from './not-authorized.ts';
import { says } from './service-words.ts';
import { wrongRegion } from './wrong-region.ts';

/** Rows that would blame the key with which this page calls Bedrock. */
const aboutBedrockKeys = [
	wrongRegion,
	keyExpired,
	keyMalformed,
	missingHeader,
	notAuthorized,
	keyRefused
];

/**
 * What a gateway refuses by itself, and what Bedrock refuses it: neither says anything about a Bedrock key of this page.
 * @see bedrock-access-gateway, whose errors are `{"detail": …}`, or plain text for a body that it does not take
 */
export const gateway: Explain = (failure) => {
	const { error, url } = failure;
	if (!isGateway(url)) return undefined;
	const change = command('gateway');
	const retry = command('retry');
	const values = { host: new URL(url).host };
	if (error.status === 401 || error.status === 403) {
		return { code: 'gateway-key', values, fixes: [primary(change), retry] };
	}
	if (isUpstream(failure)) {
		return { code: 'gateway-upstream', values, fixes: [primary(command('choose-model')), retry] };
	}
	if (says(error, /unsupported model/i)) {
		return { code: 'unknown-model', fixes: [primary(command('choose-model'))] };
	}
	if (error.status === 404 && says(error, /^\s*not found\s*$/i)) {
		return { code: 'gateway-path', values, fixes: [primary(change), retry] };
	}
	const isBody = [400, 422].includes(error.status) && /validation error|"loc"/i.test(error.raw);
	return isBody ? { code: 'gateway-body', fixes: [] } : undefined;
};

/** An explanation of what a gateway answered, without the fix of another Bedrock key, which did not go there. */
export function withoutBedrockKey({ fixes, ...explanation }: Explanation): Explanation {
	const isOther = (fix: Fix) => !('command' in fix) || fix.command !== 'replace-key';
	return { ...explanation, fixes: fixes.filter(isOther) };
}

/** Whether a request went to a gateway. */
export function isGateway(url: string): boolean {
	return endpointOf(new URL(url).hostname) === 'gateway';
}

/** Whether Bedrock has refused the gateway's own key or role, which the gateway tells as a failure of its own. */
function isUpstream(failure: Failure): boolean {
	return (
		aboutBedrockKeys.some((row) => row(failure) !== undefined) ||
		says(
			failure.error,
			/AccessDenied|not authorized to perform|ExpiredToken|token has expired|UnrecognizedClient/i
		)
	);
}
