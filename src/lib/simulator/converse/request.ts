import type { Prompt } from '../answers/completion.ts';
import type { Turn } from '../answers/conversation.ts';
import { newTurn } from '../answers/conversation.ts';
import type { JsonObject } from '../json.ts';
import { describePixels } from '../pictures.ts';
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
import { readSources } from './sources.ts';
import type { ToolChoice } from '../answers/tools.ts';

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
		serverTools: objectsOf(toolConfig['tools']).flatMap(({ systemTool }) =>
			isObject(systemTool) ? [{ kind: 'system', name: stringOf(systemTool['name']) }] : []
		),
		sources: readSources(objectsOf(body['messages'])),
		choice: readChoice(objectOf(toolConfig['toolChoice'])),
		thinks: isThinking(modelId, objectOf(body['additionalModelRequestFields'])),
		maxTokens: numberOf(config['maxTokens']),
		stops: stringsOf(config['stopSequences']),
		...(schema !== undefined && { schema: parseJson(stringOf(schema)) ?? {} }),
		guarded: isObject(body['guardrailConfig'])
	};
}

function readMessage(message: JsonObject): Turn {
	const blocks = objectsOf(message['content']);
	const role =
		message['role'] === 'assistant' || message['role'] === 'system' ? message['role'] : 'user';
	return {
		role,
		text: blocks
			.map(({ text, guardContent }) =>
				stringOf(text ?? objectOf(objectOf(guardContent)['text'])['text'])
			)
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
		const bytes = stringOf(objectOf(file['source'])['bytes']);
		const size = Math.floor((bytes.length * 3) / 4);
		const pixels = kind === 'image' ? describePixels(bytes) : '';
		const name = stringOf(file['name']);
		return [
			`${kind}${name === '' ? '' : ` ${name}`}, ${stringOf(file['format'])}${pixels}, about ${size} bytes`
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
