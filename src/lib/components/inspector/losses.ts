import type { Loss } from '../../apis/api.ts';
import { requestApis } from '../../apis/outgoing.ts';
import { text } from '../../text/index.ts';

/** What an API can't say of a draft, as part of a sentence. */
export function sentenceOf(loss: Loss): string {
	switch (loss.code) {
		case 'part':
			return text.losses.part(loss.type);
		case 'foreign-reasoning':
			return text.losses.foreignReasoning(loss.model);
		case 'cut-call':
			return text.losses.cutCall(loss.name);
		case 'tool':
			return text.losses.tool;
		case 'tool-choice':
			return text.losses.toolChoice;
		case 'tool-status':
			return text.losses.toolStatus;
		case 'role':
			return text.losses.role(loss.role);
		case 'param':
			return text.losses.param(loss.name);
		case 'typed':
			return text.losses.typed(loss.path);
		case 'extra':
			return text.losses.extra(requestApis[loss.api].label);
		case 'chain':
			return text.losses.chain;
		case 'output':
			return text.losses.output;
		case 'guardrail':
			return text.losses.guardrail;
		case 'guardrail-processing':
			return text.losses.guardrailProcessing;
	}
}
