import { isThinkingOn, prefillOf } from '../catalog/prefill.ts';
import { getOwn } from '../model/json.ts';
import type { Check } from './check.ts';

/**
 * An answer that was begun stands at the end, for a model that continues none.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/prompt-engineering/prefill-claudes-response
 */
export const prefill: Check = ({ draft: { model, messages, extra }, api }) => {
	const last = messages.at(-1);
	// After an answer that came by itself nothing is sent without a word.
	if (last?.role !== 'assistant' || last.from !== undefined) return [];
	const known = prefillOf(model);
	const thinks = isThinkingOn(getOwn(extra?.[api.id], api.modelFields ?? ''));
	if (known === undefined || (known === 'continued' && !thinks)) return [];
	return [
		{
			code: known === 'refused' ? 'prefill-refused' : 'prefill-thinking',
			values: { model },
			at: { message: last.id },
			fix: { label: 'drop-answer', change: { messages: messages.slice(0, -1) } }
		}
	];
};
