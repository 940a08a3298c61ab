import type { Explain, Explanation, Failure } from './explanation.ts';
import { keyExpired } from './key-expired.ts';
import { keyRefused } from './key-refused.ts';
import { needsProfile } from './needs-profile.ts';
import { notAuthorized } from './not-authorized.ts';
import { responseNotFound } from './response-not-found.ts';
import { serviceTrouble } from './service-trouble.ts';
import { throttled } from './throttled.ts';
import { unknownModel } from './unknown-model.ts';
import { unknownOperation } from './unknown-operation.ts';
import { unsupportedParameter } from './unsupported-parameter.ts';
import { wrongPath } from './wrong-path.ts';
import { wrongRegion } from './wrong-region.ts';

/** The first that knows a failure explains it, so the exact come before the general. */
const table: readonly Explain[] = [
	needsProfile,
	unknownOperation,
	responseNotFound,
	wrongPath,
	unknownModel,
	unsupportedParameter,
	wrongRegion,
	keyExpired,
	notAuthorized,
	keyRefused,
	throttled,
	serviceTrouble
];

/** Why a request failed and what would mend it; undefined where only the service's words are known. */
export function explain(failure: Failure): Explanation | undefined {
	for (const row of table) {
		const explanation = row(failure);
		if (explanation !== undefined) return explanation;
	}
	return undefined;
}
