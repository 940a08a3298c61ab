import { isJsonObject } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';

/** Something that a guardrail did to a text. */
export interface Intervention {
	/** As the trace names it: `sensitiveInformationPolicy`. */
	policy: string;
	/** What it is about: `EMAIL`, `VIOLENCE`, the name of a topic. */
	about?: string;
	/** What of the text it is about; the service gives it only for some policies. */
	match?: string;
	/** As the service spells it: `ANONYMIZED`, `BLOCKED`. */
	action: string;
}

/**
 * What the guardrails of a trace did, in its order: every assessment with an action, below the policy that it belongs to.
 * Assessments that did nothing (`NONE`) are left out.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailAssessment.html
 */
export function interventionsOf(trace: Json | undefined, policy = ''): Intervention[] {
	if (Array.isArray(trace)) return trace.flatMap((one) => interventionsOf(one, policy));
	if (!isJsonObject(trace)) return [];
	const { action } = trace;
	const isOne = typeof action === 'string' && action !== 'NONE' && policy !== '';
	const below = Object.entries(trace).flatMap(([key, value]) =>
		interventionsOf(value, /policy$/i.test(key) ? key : policy)
	);
	return isOne ? [{ policy, ...wordsOf(trace), action }, ...below] : below;
}

function wordsOf(assessment: { [key: string]: Json }): Pick<Intervention, 'about' | 'match'> {
	const { name, type, match } = assessment;
	const about = [name, type].find((one) => typeof one === 'string' && one !== '');
	return {
		...(typeof about === 'string' && { about }),
		...(typeof match === 'string' && { match })
	};
}
