import type { DraftChange } from '../model/draft-change.ts';
import type { Draft, ParamName } from '../model/draft.ts';
import { getOwn } from '../model/json.ts';
import type { CommandId, Fix, FixCode } from './explanation.ts';

/** A fix by a command, named as the command. */
export function command(id: CommandId, label: FixCode = id): Fix {
	return { label: { code: label }, command: id };
}

/** The fix that the card fills. */
export function primary(fix: Fix): Fix {
	return { ...fix, primary: true };
}

/** A fix that changes the draft and sends it again. */
export function resendWith(change: DraftChange, code: FixCode, value?: string): Fix {
	return { label: { code, ...(value !== undefined && { value }) }, change, then: 'resend' };
}

/** Leaves a parameter out; `word` is its name as the service spells it. */
export function turnOff(param: ParamName, word: string): Fix {
	return resendWith({ params: { [param]: undefined } }, 'turn-off', word);
}

/** Another Region: it has a quota and models of its own, but a chain does not go there, so its history is sent. */
export function changeRegion(draft: Draft): Fix {
	return command('change-region', draft.chain === undefined ? 'change-region' : 'resend-elsewhere');
}

/** Wire names that services quote, and ours. */
const wireNames = {
	temperature: 'temperature',
	top_p: 'topP',
	topP: 'topP',
	max_tokens: 'maxTokens',
	maxTokens: 'maxTokens',
	max_output_tokens: 'maxTokens',
	max_completion_tokens: 'maxCompletionTokens',
	stop: 'stopSequences',
	stopSequences: 'stopSequences',
	stop_sequences: 'stopSequences',
	reasoning_effort: 'reasoningEffort',
	include_usage: 'includeUsage',
	store: 'store',
	background: 'background',
	seed: 'seed',
	frequency_penalty: 'frequencyPenalty',
	presence_penalty: 'presencePenalty',
	logit_bias: 'logitBias',
	logprobs: 'logprobs',
	top_logprobs: 'topLogprobs',
	verbosity: 'verbosity',
	parallel_tool_calls: 'parallelToolCalls',
	max_tool_calls: 'maxToolCalls',
	truncation: 'truncation',
	service_tier: 'serviceTier',
	serviceTier: 'serviceTier',
	latency: 'latency',
	prompt_cache_key: 'promptCacheKey',
	safety_identifier: 'safetyIdentifier'
} satisfies Record<string, ParamName>;

/** The parameters that `message` names and the draft sets, in the order of their first mention. */
export function namedParams(message: string, { params }: Draft): [ParamName, word: string][] {
	const found = new Map<ParamName, string>();
	for (const [word] of message.matchAll(/[a-z]+(?:_[a-z]+)+|[a-z]+[A-Z]\w*|[a-z]+/g)) {
		const param = getOwn(wireNames, word) as ParamName | undefined;
		if (param === undefined || params[param] === undefined || found.has(param)) continue;
		found.set(param, word);
	}
	return [...found];
}
