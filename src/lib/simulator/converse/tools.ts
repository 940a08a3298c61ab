import type { JsonObject } from '../json.ts';
import { isObject, objectsOf, stringOf } from '../json.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';
import { breakConstraint } from './words.ts';

/** What is wrong with the tools, the tool calls and their results in a Converse request, or undefined. */
export function findToolProblem(
	messages: readonly JsonObject[],
	toolConfig: unknown
): Problem | undefined {
	const used = messages.some(({ content }) =>
		objectsOf(content).some(({ toolUse, toolResult }) => isObject(toolUse) || isObject(toolResult))
	);
	if (used && !isObject(toolConfig)) {
		return newInvalid(
			'The toolConfig field must be defined when using toolUse and toolResult content blocks.'
		);
	}
	return (
		(isObject(toolConfig) ? findConfigProblem(toolConfig) : undefined) ??
		findFormatProblem(messages) ??
		findOrphan(messages)
	);
}

function findConfigProblem({ tools, toolChoice }: JsonObject): Problem | undefined {
	const specs = objectsOf(tools);
	if (specs.length === 0)
		return breakConstraint("'[]'", 'toolConfig.tools', 'have length greater than or equal to 1');
	const names = specs.flatMap(({ toolSpec }) =>
		isObject(toolSpec) ? [stringOf(toolSpec['name'])] : []
	);
	const bad = names.findIndex((name) => !/^[a-zA-Z0-9_-]{1,64}$/.test(name));
	if (bad >= 0)
		return breakConstraint(
			`'${names[bad] ?? ''}'`,
			`toolConfig.tools.${bad}.toolSpec.name`,
			'satisfy regular expression pattern: [a-zA-Z0-9_-]+'
		);
	const twice = names.find((name, at) => names.indexOf(name) < at);
	if (twice !== undefined)
		return newInvalid(`The tool ${twice} is already defined at toolConfig.tools.`);
	const chosen = isObject(toolChoice) && isObject(toolChoice['tool']) ? toolChoice['tool'] : {};
	const { name } = chosen;
	return typeof name === 'string' && !names.includes(name)
		? newInvalid(
				`The tool ${name} at toolConfig.toolChoice.tool.name is not defined at toolConfig.tools.`
			)
		: undefined;
}

function findFormatProblem(messages: readonly JsonObject[]): Problem | undefined {
	for (const [index, { content }] of messages.entries()) {
		for (const [place, { toolUse, toolResult }] of objectsOf(content).entries()) {
			const at = `messages.${index}.content.${place}`;
			const block = isObject(toolUse) ? toolUse : isObject(toolResult) ? toolResult : undefined;
			if (block === undefined) continue;
			const problem = block === toolUse ? findUseProblem(block, at) : findResultProblem(block, at);
			if (problem !== undefined) return problem;
		}
	}
	return undefined;
}

function findUseProblem({ toolUseId, input }: JsonObject, at: string): Problem | undefined {
	return (
		findIdProblem(stringOf(toolUseId), `${at}.toolUse`) ?? needObject(input, `${at}.toolUse.input`)
	);
}

function findResultProblem(result: JsonObject, at: string): Problem | undefined {
	const content = objectsOf(result['content']);
	if (content.length === 0 && result['status'] === 'error')
		return newInvalid(
			`The content field at ${at}.toolResult cannot be empty when status value is error.`
		);
	const bad = content.findIndex(({ json }) => json !== undefined && !isObject(json));
	return (
		findIdProblem(stringOf(result['toolUseId']), `${at}.toolResult`) ??
		(bad < 0
			? undefined
			: needObject(content[bad]?.['json'], `${at}.toolResult.content.${bad}.json`))
	);
}

function findIdProblem(id: string, at: string): Problem | undefined {
	return /^[a-zA-Z0-9_.:-]{1,64}$/.test(id)
		? undefined
		: breakConstraint(
				`'${id}'`,
				`${at}.toolUseId`,
				'satisfy regular expression pattern: [a-zA-Z0-9_.:-]+'
			);
}

function needObject(value: unknown, at: string): Problem | undefined {
	return isObject(value)
		? undefined
		: newInvalid(
				`The format of the value at ${at} is invalid. Provide a json object for the field and try again.`
			);
}

// Every call has its result in the next message, and every result its call in the message before.
// The service answers the calls of its own tools within the same message.
function findOrphan(messages: readonly JsonObject[]): Problem | undefined {
	const spoken = messages.filter(({ role }) => role !== 'system');
	for (const [at, message] of spoken.entries()) {
		const results = idsOf(message, 'toolResult');
		const asked = idsOf(spoken[at - 1] ?? {}, 'toolUse');
		const index = messages.indexOf(message);
		const open = asked.filter((id) => !results.includes(id));
		if (open.length > 0)
			return newInvalid(
				`Expected toolResult blocks at messages.${index}.content for the following Ids: ${open.join(', ')}`
			);
		if (results.length > asked.length)
			return newInvalid(
				`The number of toolResult blocks at messages.${index}.content exceeds the number of toolUse blocks of previous turn.`
			);
	}
	const open = idsOf(spoken.at(-1) ?? {}, 'toolUse');
	return open.length === 0
		? undefined
		: newInvalid(
				`Expected toolResult blocks at messages.${messages.length}.content for the following Ids: ${open.join(', ')}`
			);
}

function idsOf(message: JsonObject, kind: 'toolUse' | 'toolResult'): string[] {
	const blocks = objectsOf(message['content']);
	const served = new Set(
		blocks.flatMap(({ toolUse }) =>
			isObject(toolUse) && toolUse['type'] === 'server_tool_use' ? [toolUse['toolUseId']] : []
		)
	);
	return blocks.flatMap((block) => {
		const value = block[kind];
		return isObject(value) && !served.has(value['toolUseId']) ? [stringOf(value['toolUseId'])] : [];
	});
}
