import type { JsonObject } from '../json.ts';
import { isObject, numberOf, objectOf, stringsOf } from '../json.ts';
import type { Problem } from '../wire/errors.ts';
import { quote } from './words.ts';

const MIN_BUDGET = 1024;

/**
 * What Claude refuses beside its thinking, or undefined.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html
 */
export function findClaudeThinkingProblem(bare: string, body: JsonObject): Problem | undefined {
	const { thinking, top_k: topK } = objectOf(body['additionalModelRequestFields']);
	if (!bare.startsWith('anthropic.') || !isObject(thinking)) return undefined;
	if (thinking['type'] === 'disabled') return undefined;
	if (thinking['type'] === 'adaptive' && !/-(4-[6-9]|5)|mythos/.test(bare.replace(/-4-5.*/, '')))
		return quote('adaptive thinking is not supported on this model');
	const { maxTokens, temperature, topP } = objectOf(body['inferenceConfig']);
	const budget = numberOf(thinking['budget_tokens']);
	const limit = numberOf(maxTokens);
	const share = numberOf(topP);
	if (budget !== undefined && budget < MIN_BUDGET)
		return quote(
			`thinking.enabled.budget_tokens: Input should be greater than or equal to ${MIN_BUDGET}`
		);
	if (budget !== undefined && limit !== undefined && limit <= budget)
		return quote('`max_tokens` must be greater than `thinking.budget_tokens`.');
	if (temperature !== undefined && temperature !== 1)
		return quote('`temperature` may only be set to 1 when thinking is enabled.');
	if (share !== undefined && share < 0.95)
		return quote(
			'`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.'
		);
	return topK === undefined ? undefined : quote('`top_k` must be unset when thinking is enabled.');
}

/** What Claude refuses of stop sequences, or undefined. */
export function findClaudeStopProblem(bare: string, body: JsonObject): Problem | undefined {
	const stops = stringsOf(objectOf(body['inferenceConfig'])['stopSequences']);
	return bare.startsWith('anthropic.') && stops.some((stop) => stop.trim() === '')
		? quote('stop_sequences: each stop sequence must contain non-whitespace')
		: undefined;
}
