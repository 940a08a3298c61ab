import type { DraftChange } from '../model/draft-change.ts';
import type { Draft, Message } from '../model/draft.ts';
import type { Explain } from './explanation.ts';
import { primary, resendWith } from './fixes.ts';
import { says } from './service-words.ts';

/** A message or the system prompt holds nothing but white space. */
export const blankText: Explain = ({ error, draft }) => {
	if (
		!says(
			error,
			/text field in the \w+ object at [\w.]+ is blank|content field in the message object at [\w.]+ is empty|text content blocks must|must have non-empty content/i
		)
	)
		return undefined;
	const change = withoutBlank(draft);
	return {
		code: 'blank-text',
		fixes: change === undefined ? [] : [primary(resendWith(change, 'drop-blank'))]
	};
};

/** Undefined where no message is blank as a whole, or all are. */
function withoutBlank({ system, messages }: Draft): DraftChange | undefined {
	const rest = messages.filter((message) => !isBlank(message));
	const dropsSystem = system !== undefined && isBlank(system);
	if (rest.length === 0 || (rest.length === messages.length && !dropsSystem)) return undefined;
	return {
		...(rest.length < messages.length && { messages: rest }),
		...(dropsSystem && { system: undefined })
	};
}

function isBlank({ parts }: Message): boolean {
	return parts.every((part) => part.type === 'text' && part.text.trim() === '');
}
