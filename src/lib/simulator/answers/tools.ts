import type { Turn } from './conversation.ts';
import { countRounds, lastUserText } from './conversation.ts';
import { objectOf } from '../json.ts';
import type { Random } from '../random.ts';
import { BASE62 } from '../random.ts';
import { findPlaces, isPlace, sampleOf } from './samples.ts';

/** A tool as any of the APIs declares it. */
export interface Tool {
	name: string;
	schema: unknown;
}

/** Which tool a request wants called: what the APIs call tool choice. */
export type ToolChoice = 'auto' | 'none' | 'required' | { name: string };

/** A call of a tool, its input as JSON text. */
export interface ToolCall {
	/** Without the prefix, which differs by API. */
	id: string;
	name: string;
	input: string;
}

const MAX_CALLS = 3;

/**
 * The calls that answer this conversation, or none: with `auto` only when the prompt names the tool
 * or a word of its name. A prompt that names several places gets a call for each. After a tool result
 * nothing is called, except for a prompt that asks for several steps: `in 3 steps` gets three rounds of
 * calls.
 */
export function planCalls(
	tools: readonly Tool[],
	choice: ToolChoice,
	turns: readonly Turn[],
	random: Random
): ToolCall[] {
	const prompt = lastUserText(turns);
	const tool = chooseTool(tools, choice, turns, prompt);
	if (tool === undefined) return [];
	const properties = Object.keys(objectOf(objectOf(tool.schema)['properties']));
	const places = properties.some(isPlace) ? findPlaces(prompt).slice(0, MAX_CALLS) : [];
	return (places.length > 0 ? places : ['']).map((place) => ({
		id: random.text(BASE62, 22),
		name: tool.name,
		input: JSON.stringify(sampleOf(tool.schema, prompt, place))
	}));
}

function chooseTool(
	tools: readonly Tool[],
	choice: ToolChoice,
	turns: readonly Turn[],
	prompt: string
): Tool | undefined {
	if (choice === 'none' || countRounds(turns) >= countSteps(prompt)) return undefined;
	if (typeof choice === 'object') return tools.find((tool) => tool.name === choice.name);
	const named = tools.find((tool) => isAskedFor(tool.name, prompt));
	return choice === 'required' ? (named ?? tools[0]) : named;
}

function countSteps(prompt: string): number {
	const step = /\b(\d|two|three|four|five) steps\b/i.exec(prompt)?.[1]?.toLowerCase() ?? '1';
	const word = ['two', 'three', 'four', 'five'].indexOf(step);
	return word < 0 ? Number(step) : word + 2;
}

function isAskedFor(name: string, prompt: string): boolean {
	if (/\btools?\b/i.test(prompt)) return true;
	if (/weather|forecast/i.test(name) && /\b(warm|cold|rain|sun|temperature)/i.test(prompt))
		return true;
	const words = name.split(/[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})/u).filter((word) => word.length > 3);
	return words.some((word) => prompt.toLowerCase().includes(word.toLowerCase()));
}
