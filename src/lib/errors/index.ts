import type { Outcome } from '../model/run.ts';
import { accessForm } from './access-form.ts';
import { blankText } from './blank-text.ts';
import { contextTooLong } from './context-too-long.ts';
import { dailyQuota } from './daily-quota.ts';
import type { Explain, Explanation, Failure, Sent } from './explanation.ts';
import { command } from './fixes.ts';
import { forbidden } from './forbidden.ts';
import { foreignAnswer, foreignFixes } from './foreign-answer.ts';
import { gateway, isGateway, withoutBedrockKey } from './gateway.ts';
import { keyExpired } from './key-expired.ts';
import { keyMalformed } from './key-malformed.ts';
import { keyRefused } from './key-refused.ts';
import { legacyModel } from './legacy-model.ts';
import { marketplaceActions } from './marketplace-actions.ts';
import { marketplaceSubscription } from './marketplace-subscription.ts';
import { missingHeader } from './missing-header.ts';
import { modelAccess } from './model-access.ts';
import { needsProfile } from './needs-profile.ts';
import { notAuthorized } from './not-authorized.ts';
import { notSent } from './not-sent.ts';
import { operationNotAllowed } from './operation-not-allowed.ts';
import { paymentInstrument } from './payment-instrument.ts';
import { prefill } from './prefill.ts';
import { responseNotFound } from './response-not-found.ts';
import { rolesAlternate } from './roles-alternate.ts';
import { schemaRefused } from './schema-refused.ts';
import { serviceTrouble } from './service-trouble.ts';
import { startsWithUser } from './starts-with-user.ts';
import { temperatureAndTopP } from './temperature-and-top-p.ts';
import { thinkingParameter } from './thinking-parameter.ts';
import { throttled } from './throttled.ts';
import { unknownModel } from './unknown-model.ts';
import { unknownOperation } from './unknown-operation.ts';
import { explainUnreachable } from './unreachable.ts';
import { unsupportedParameter } from './unsupported-parameter.ts';
import { wrongPath } from './wrong-path.ts';
import { wrongRegion } from './wrong-region.ts';

export { explainUnreachable } from './unreachable.ts';

/** The first that knows a failure explains it, so the exact come before the general, and words before statuses. */
const table: readonly Explain[] = [
	notSent,
	foreignAnswer,
	gateway,
	unknownOperation,
	responseNotFound,
	paymentInstrument,
	marketplaceActions,
	marketplaceSubscription,
	legacyModel,
	accessForm,
	modelAccess,
	operationNotAllowed,
	dailyQuota,
	needsProfile,
	wrongPath,
	unknownModel,
	startsWithUser,
	rolesAlternate,
	blankText,
	prefill,
	temperatureAndTopP,
	thinkingParameter,
	contextTooLong,
	schemaRefused,
	unsupportedParameter,
	wrongRegion,
	keyExpired,
	keyMalformed,
	missingHeader,
	notAuthorized,
	keyRefused,
	forbidden,
	throttled,
	serviceTrouble
];

/** Why a request failed and what would mend it; undefined where only the service's words are known. */
export function explain(failure: Failure): Explanation | undefined {
	for (const row of table) {
		const explanation = row(failure);
		if (explanation === undefined) continue;
		return isGateway(failure.url) ? withoutBedrockKey(explanation) : explanation;
	}
	return undefined;
}

/** Why a run failed and what would mend it; undefined where it did not fail. */
export function explainOutcome(outcome: Outcome, sent: Sent): Explanation | undefined {
	switch (outcome.end) {
		case 'http-error':
		case 'error-in-200':
		case 'stream-error':
			return (
				explain({ error: outcome.error, ...sent }) ?? { code: 'unknown', fixes: [command('retry')] }
			);
		case 'not-an-answer':
			return { code: 'foreign-answer', fixes: foreignFixes(outcome.status) };
		case 'unreachable':
			return explainUnreachable(outcome.cause, sent);
		case 'finished':
		case 'unfinished':
		case 'stopped':
		case 'page-closed':
		case 'cut-short':
		case 'bad-frame':
			return undefined;
	}
}
