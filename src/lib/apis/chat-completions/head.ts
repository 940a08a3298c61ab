import type { Draft, Guardrail } from '../../model/draft.ts';
import type { RequestHead, Target } from '../../model/request.ts';
import { newHead } from '../post.ts';

/** The headers that name a guardrail on runtime. */
export const guardrailHeaders = {
	id: 'X-Amzn-Bedrock-GuardrailIdentifier',
	version: 'X-Amzn-Bedrock-GuardrailVersion',
	trace: 'X-Amzn-Bedrock-Trace'
};

/** Where a draft goes on Chat Completions, with its guardrail. */
export function headOf({ guardrail }: Pick<Draft, 'guardrail'>, target: Target): RequestHead {
	return newHead(`${target.base}/chat/completions`, sayGuardrail(guardedBy(guardrail, target)));
}

/** The guardrail that is sent: mantle takes the headers and ignores them, and one that does not guard is not sent. */
export function guardedBy(
	guardrail: Guardrail | undefined,
	{ endpoint }: Target
): Guardrail | undefined {
	return endpoint === 'runtime' ? guardrail : undefined;
}

function sayGuardrail(guardrail: Guardrail | undefined): Record<string, string> {
	if (guardrail === undefined) return {};
	const { id, version, trace } = guardrail;
	return {
		[guardrailHeaders.id]: id,
		[guardrailHeaders.version]: version,
		...(trace !== undefined && { [guardrailHeaders.trace]: sayTrace(trace) })
	};
}

/** `enabled` → `ENABLED`; what is not in lower case stands as it came from a header. */
export function sayTrace(trace: string): string {
	return trace === trace.toLowerCase() ? trace.toUpperCase() : trace;
}
