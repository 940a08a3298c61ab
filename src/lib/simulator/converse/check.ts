import type { JsonObject } from '../json.ts';
import { isObject, numberOf, objectOf, objectsOf, stringOf, stringsOf } from '../json.ts';
import { findMismatch } from '../shape.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';
import { findFileProblem } from './files.ts';
import { findFamilyProblem } from './families.ts';
import { converseShape } from './shapes.ts';
import { findToolProblem } from './tools.ts';
import { breakConstraint, wordMismatch } from './words.ts';

const MAX_METADATA = 16;
const MAX_PATHS = 10;

/** What is wrong with the body of a Converse request, in the words of the service, or undefined. */
export function findConverseProblem(model: string, body: JsonObject): Problem | undefined {
	const mismatch = findMismatch(body, converseShape);
	if (mismatch !== undefined) return wordMismatch(mismatch);
	const messages = objectsOf(body['messages']);
	return (
		findOrderProblem(messages) ??
		findContentProblem(messages) ??
		findFileProblem(messages) ??
		findToolProblem(messages, body['toolConfig']) ??
		findSystemProblem(objectsOf(body['system'])) ??
		findParameterProblem(objectOf(body['inferenceConfig'])) ??
		findMetadataProblem(objectOf(body['requestMetadata'])) ??
		findPathProblem(stringsOf(body['additionalModelResponseFieldPaths'])) ??
		findSchemaProblem(objectOf(body['outputConfig'])) ??
		findFamilyProblem(model, body)
	);
}

function findOrderProblem(messages: readonly JsonObject[]): Problem | undefined {
	if (messages.length === 0)
		return breakConstraint("'[]'", 'messages', 'have length greater than or equal to 1');
	const spoken = messages.filter((message) => message['role'] !== 'system');
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
	return undefined;
}

function findContentProblem(messages: readonly JsonObject[]): Problem | undefined {
	for (const [index, { content }] of messages.entries()) {
		const blocks = objectsOf(content);
		if (blocks.length === 0) {
			return newInvalid(
				`The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to the content field and try again.`
			);
		}
		const blank = blocks.findIndex(isBlank);
		if (blank >= 0) {
			return newInvalid(
				`The text field in the ContentBlock object at messages.${index}.content.${blank} is blank. Add text to the text field, and try again.`
			);
		}
	}
	return undefined;
}

function findSystemProblem(system: readonly JsonObject[]): Problem | undefined {
	const blank = system.findIndex(isBlank);
	return blank < 0
		? undefined
		: newInvalid(
				`The text field in the SystemContentBlock object at system.${blank} is blank. Add text to the text field, and try again.`
			);
}

function isBlank({ text }: JsonObject): boolean {
	return typeof text === 'string' && text.trim() === '';
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
		if (value < min)
			return breakConstraint(`'${value}'`, field, `have value greater than or equal to ${min}`);
		if (value > max)
			return breakConstraint(`'${value}'`, field, `have value less than or equal to ${max}`);
	}
	return undefined;
}

function findMetadataProblem(metadata: JsonObject): Problem | undefined {
	const count = Object.keys(metadata).length;
	return count > MAX_METADATA
		? breakConstraint(
				`'${JSON.stringify(metadata)}'`,
				'requestMetadata',
				`have length less than or equal to ${MAX_METADATA}`
			)
		: undefined;
}

function findPathProblem(paths: readonly string[]): Problem | undefined {
	const field = 'additionalModelResponseFieldPaths';
	if (paths.length > MAX_PATHS)
		return breakConstraint(
			`'[${paths.join(', ')}]'`,
			field,
			`have length less than or equal to ${MAX_PATHS}`
		);
	const wrong = paths.find((path) => !path.startsWith('/'));
	return wrong === undefined
		? undefined
		: newInvalid(`The JSON pointer at ${field} is invalid: ${wrong}. It must start with a slash.`);
}

function findSchemaProblem(config: JsonObject): Problem | undefined {
	const format = objectOf(objectOf(config['textFormat'])['structure']);
	if (!isObject(format['jsonSchema'])) return undefined;
	const schema = stringOf(format['jsonSchema']['schema']);
	const field = 'outputConfig.textFormat.structure.jsonSchema.schema';
	return isJsonObject(schema)
		? undefined
		: newInvalid(
				`The format of the value at ${field} is invalid. Provide a JSON schema as a string for the field and try again.`
			);
}

function isJsonObject(text: string): boolean {
	try {
		return isObject(JSON.parse(text));
	} catch {
		// A text that is no JSON is not an object either.
		return false;
	}
}
