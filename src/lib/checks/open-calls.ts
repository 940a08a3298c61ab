import type { Draft, Message, Part } from '../model/draft.ts';
import { getOwn } from '../model/json.ts';
import { answeredBy, callOf } from '../model/tool-calls.ts';
import type { Check, History } from './check.ts';
import { typedParent, unchain } from './typed-parent.ts';

/**
 * A stored response that called tools is continued without their results. The service refuses it, on each branch that
 * begins there. Only of what was typed: the form continues no such response.
 */
export const openCalls: Check = ({ draft, history }) => {
	const id = draft.chain?.responseId ?? typedParent(draft);
	const answer = history && answerOf(id, history);
	if (answer === undefined) return [];
	const answered = new Set(resultsIn(draft));
	const names = answer.parts.flatMap((part) => {
		const call = callOf(part);
		return call === undefined || answered.has(call.id) ? [] : [call.name];
	});
	if (names.length === 0) return [];
	return [
		{
			code: 'open-calls',
			values: { id: id?.slice(-5) ?? '', names: names.join(', ') },
			refuses: true,
			fix: unchain(draft)
		}
	];
};

function answerOf(id: string | undefined, { runs, turns }: History): Message | undefined {
	const run = [...runs.values()].find(({ responseId }) => {
		return responseId !== undefined && responseId === id;
	});
	return run && turns.get(run.turn)?.message;
}

function resultsIn({ messages }: Draft): string[] {
	return messages.flatMap(({ parts }) => parts.flatMap(resultIdsOf));
}

function resultIdsOf(part: Part): string[] {
	const answered = answeredBy(part);
	if (answered !== undefined) return [answered];
	const id = part.type === 'opaque' ? getOwn(part.value, 'call_id') : undefined;
	return typeof id === 'string' ? [id] : [];
}
