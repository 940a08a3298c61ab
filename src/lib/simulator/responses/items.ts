import type { Completion } from '../answers/completion.ts';
import type { JsonObject } from '../json.ts';
import { objectOf, stringsOf } from '../json.ts';
import { readModelId } from '../models/families.ts';
import type { Random } from '../random.ts';
import { BASE32, BASE62 } from '../random.ts';

/** One item of a response's `output`, finished, with the deltas that it was streamed in. */
export interface Item {
	kind: 'reasoning' | 'message' | 'function_call';
	value: JsonObject;
	deltas: readonly string[];
}

/** How a thought is told: as text; as a summary, or sealed only, where the model hides it. */
export type Telling = 'text' | 'summary' | 'sealed';

/** How this request is told the thoughts of this model. */
export function tellingOf(model: string, request: JsonObject): Telling {
	if (readModelId(model).family?.thinks !== 'hidden') return 'text';
	return objectOf(request['reasoning'])['summary'] === undefined ? 'sealed' : 'summary';
}

/** The items of an answer: the thought, then the message, then the calls. */
export function buildItems(
	completion: Completion,
	request: JsonObject,
	model: string,
	random: Random
): Item[] {
	const items: Item[] = [];
	if (completion.reasoning.length > 0)
		items.push(buildReasoning(completion, request, model, random));
	if (completion.text.length > 0 || (completion.calls.length === 0 && completion.stop === 'end')) {
		items.push(buildMessage(completion, random));
	}
	for (const { id, name, input } of completion.calls) {
		items.push({
			kind: 'function_call',
			value: {
				id: `fc_${random.text(BASE32, 24)}`,
				type: 'function_call',
				status: 'completed',
				arguments: input,
				call_id: `call_${id}`,
				name
			},
			deltas: input.match(/.{1,6}/gsu) ?? []
		});
	}
	return items;
}

function buildReasoning(
	completion: Completion,
	request: JsonObject,
	model: string,
	random: Random
): Item {
	const telling = tellingOf(model, request);
	const text = completion.reasoning.join('');
	const included = stringsOf(request['include']).includes('reasoning.encrypted_content');
	const sealed = included || (telling !== 'text' && model.includes('xai.'));
	return {
		kind: 'reasoning',
		value: {
			id: `rs_${random.text(BASE32, 24)}`,
			type: 'reasoning',
			summary: telling === 'summary' ? [{ type: 'summary_text', text }] : [],
			...(telling === 'text' && { content: [{ type: 'reasoning_text', text }] }),
			...(sealed && { encrypted_content: random.text(BASE62, 120) }),
			status: 'completed'
		},
		deltas: telling === 'sealed' ? [] : completion.reasoning
	};
}

function buildMessage({ text, refused, stop }: Completion, random: Random): Item {
	const whole = text.join('');
	const part = refused
		? { type: 'refusal', refusal: whole }
		: { type: 'output_text', text: whole, annotations: [], logprobs: [] };
	return {
		kind: 'message',
		value: {
			id: `msg_${random.text(BASE32, 24)}`,
			type: 'message',
			role: 'assistant',
			status: stop === 'length' || stop === 'content-filter' ? 'incomplete' : 'completed',
			content: whole === '' ? [] : [part]
		},
		deltas: text
	};
}
