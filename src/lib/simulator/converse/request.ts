import type { Prompt } from '../answers/completion.ts';
import type { Turn } from '../answers/conversation.ts';
import { newTurn } from '../answers/conversation.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';
import type { JsonObject } from '../json.ts';
import {
	isObject,
	numberOf,
	objectOf,
	objectsOf,
	parseJson,
	stringOf,
	stringsOf
} from '../json.ts';
import { readModelId } from '../models/families.ts';
import type { ToolChoice } from '../answers/tools.ts';

/** What is wrong with the body of a Converse request, in the words of the service, or undefined. */
export function findConverseProblem(body: JsonObject): Problem | undefined {
	const { messages } = body;
	if (messages === undefined || messages === null)
		return breakConstraint('null', 'messages', 'not be null');
	const list = objectsOf(messages);
	if (list.length === 0) {
		return breakConstraint("'[]'", 'messages', 'have length greater than or equal to 1');
	}
	const spoken = list.filter((message) => message['role'] !== 'system');
	if (spoken[0]?.['role'] !== 'user') {
		return newInvalid(
			'A conversation must start with a user message. Try again with a conversation that starts with a user message.'
		);
	}
	if (spoken.some((message, at) => at > 0 && message['role'] === spoken[at - 1]?.['role'])) {
		return newInvalid(
			'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.'
		);
	}
	return findContentProblem(list) ?? findParameterProblem(objectOf(body['inferenceConfig']));
}

/** A Converse body as a prompt. */
export function readConverse(modelId: string, body: JsonObject): Prompt {
	const config = objectOf(body['inferenceConfig']);
	const toolConfig = objectOf(body['toolConfig']);
	const format = objectOf(objectOf(body['outputConfig'])['textFormat']);
	const schema = objectOf(objectOf(format['structure'])['jsonSchema'])['schema'];
	return {
		turns: [
			...objectsOf(body['system']).map((block) => newTurn('system', stringOf(block['text']))),
			...objectsOf(body['messages']).map(readMessage)
		],
		tools: objectsOf(toolConfig['tools']).flatMap(({ toolSpec }) =>
			isObject(toolSpec)
				? [{ name: stringOf(toolSpec['name']), schema: objectOf(toolSpec['inputSchema'])['json'] }]
				: []
		),
		choice: readChoice(objectOf(toolConfig['toolChoice'])),
		thinks: isThinking(modelId, objectOf(body['additionalModelRequestFields'])),
		maxTokens: numberOf(config['maxTokens']),
		stops: stringsOf(config['stopSequences']),
		...(schema !== undefined && { schema: parseJson(stringOf(schema)) ?? {} }),
		guarded: isObject(body['guardrailConfig'])
	};
}

function findContentProblem(messages: readonly JsonObject[]): Problem | undefined {
	for (const [index, { content }] of messages.entries()) {
		const blocks = objectsOf(content);
		if (blocks.length === 0) {
			return newInvalid(
				`The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to the content field and try again.`
			);
		}
		const blank = blocks.findIndex(({ text }) => typeof text === 'string' && text.trim() === '');
		if (blank >= 0) {
			return newInvalid(
				`The text field in the ContentBlock object at messages.${index}.content.${blank} is blank. Add text to the text field, and try again.`
			);
		}
	}
	return undefined;
}

function findParameterProblem(config: JsonObject): Problem | undefined {
	const limits: readonly [name: string, min: number, max: number][] = [
		['maxTokens', 1, Infinity],
		['temperature', 0, 1],
		['topP', 0, 1]
	];
	for (const [name, min, max] of limits) {
		const value = numberOf(config[name]);
		const field = `inferenceConfig.${name}`;
		if (value === undefined) continue;
		if (value < min) {
			return breakConstraint(`'${value}'`, field, `have value greater than or equal to ${min}`);
		}
		if (value > max)
			return breakConstraint(`'${value}'`, field, `have value less than or equal to ${max}`);
	}
	return undefined;
}

function breakConstraint(value: string, field: string, rule: string): Problem {
	return newInvalid(
		`1 validation error detected: Value ${value} at '${field}' failed to satisfy constraint: Member must ${rule}`
	);
}

function readMessage(message: JsonObject): Turn {
	const blocks = objectsOf(message['content']);
	const role =
		message['role'] === 'assistant' || message['role'] === 'system' ? message['role'] : 'user';
	return {
		role,
		text: blocks
			.map((block) => stringOf(block['text']))
			.join('\n')
			.trim(),
		files: blocks.flatMap((block) => describeFile(block)),
		results: blocks.flatMap(({ toolResult }) =>
			isObject(toolResult) ? objectsOf(toolResult['content']).map(readResult) : []
		)
	};
}

function describeFile(block: JsonObject): string[] {
	for (const kind of ['image', 'document', 'video', 'audio']) {
		const file = block[kind];
		if (!isObject(file)) continue;
		const size = Math.floor((stringOf(objectOf(file['source'])['bytes']).length * 3) / 4);
		const name = stringOf(file['name']);
		return [
			`${kind}${name === '' ? '' : ` ${name}`}, ${stringOf(file['format'])}, about ${size} bytes`
		];
	}
	return [];
}

function readResult(content: JsonObject): string {
	return typeof content['text'] === 'string'
		? content['text']
		: JSON.stringify(content['json'] ?? content);
}

function readChoice(choice: JsonObject): ToolChoice {
	if (isObject(choice['tool'])) return { name: stringOf(choice['tool']['name']) };
	return choice['any'] === undefined ? 'auto' : 'required';
}

function isThinking(modelId: string, fields: JsonObject): boolean {
	const thinks = readModelId(modelId).family?.thinks ?? 'asked';
	const asked = ['thinking', 'reasoning_config', 'reasoningConfig'].some((name) =>
		['enabled', 'adaptive'].includes(stringOf(objectOf(fields[name])['type']))
	);
	return thinks === 'always' || (asked && thinks !== 'never' && thinks !== 'hidden');
}
