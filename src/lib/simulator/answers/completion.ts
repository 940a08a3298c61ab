import { answerTo } from './answer.ts';
import type { Citation, Source } from './citations.ts';
import { writeCited } from './citations.ts';
import type { Turn } from './conversation.ts';
import { countInput, lastUserText } from './conversation.ts';
import type { Random } from '../random.ts';
import type { ServerCall, ServerTool } from './served.ts';
import { FOUND, isSearch, planServerCalls } from './served.ts';
import { BLOCKED, REFUSAL } from './texts.ts';
import { countTokens, groupPieces, splitPieces } from './tokens.ts';
import type { Tool, ToolCall, ToolChoice } from './tools.ts';
import { planCalls } from './tools.ts';

/** What bends an answer: a fault that ends it in a way of its own. */
export type Twist = 'max-tokens' | 'empty' | 'refusal' | 'guardrail' | 'content-filter';

/** Why an answer ended, in words that each API spells its own way. */
export type Stop = 'end' | 'length' | 'stop-sequence' | 'tool' | 'guardrail' | 'content-filter';

/** What a request asks for, neutral between the APIs. */
export interface Prompt {
	turns: readonly Turn[];
	tools: readonly Tool[];
	choice: ToolChoice;
	/** Whether a thought comes before the answer. */
	thinks: boolean;
	maxTokens?: number | undefined;
	stops: readonly string[];
	/** The JSON schema of the answer, where the request sets one. */
	schema?: unknown;
	/** Whether a guardrail looks at the conversation. */
	guarded: boolean;
	twist?: Twist | undefined;
	/** The tools that the service runs itself. */
	serverTools?: readonly ServerTool[];
	/** Which of several answers to the same prompt it is. Default 0. */
	variant?: number;
	/** What the request brings to be cited. */
	sources?: readonly Source[];
	/** The Region that was asked; '' on a loopback host. */
	region?: string;
}

/** A finished answer as deltas, with why it ended and what it cost. */
export interface Completion {
	reasoning: readonly string[];
	text: readonly string[];
	refused: boolean;
	calls: readonly ToolCall[];
	/** The calls that the service made itself, before the text. */
	served: readonly ServerCall[];
	citations: readonly Citation[];
	stop: Stop;
	stopSequence?: string;
	usage: { input: number; output: number; reasoning: number };
}

const TWISTED_LIMIT = 24;

/** Answers a prompt within its limits. A thought and an answer share one budget of tokens. */
export function complete(prompt: Prompt, random: Random): Completion {
	const { turns, twist } = prompt;
	const input =
		countInput(turns) + countTokens(prompt.tools.length > 0 ? JSON.stringify(prompt.tools) : '');
	const blocked = prompt.guarded && /blockme/i.test(lastUserText(turns));
	if (blocked || twist === 'guardrail') return completeWith(BLOCKED, 'guardrail', input, random);
	if (twist === 'empty') return completeWith('', 'end', input, random);
	if (twist === 'refusal') {
		return { ...completeWith(REFUSAL, 'end', input, random), refused: true };
	}
	const calls = planCalls(prompt.tools, prompt.choice, turns, random);
	const served =
		calls.length > 0 ? [] : planServerCalls(prompt.serverTools ?? [], lastUserText(turns), random);
	const { text: whole, reasoning: thoughts, citations } = write(prompt, served, random);
	const stopped = cutAtStop(calls.length > 0 ? '' : whole, prompt.stops);
	const thought = prompt.thinks ? splitPieces(thoughts) : [];
	const said = splitPieces(stopped.text);
	const limit =
		twist === 'max-tokens' || twist === 'content-filter' ? TWISTED_LIMIT : prompt.maxTokens;
	const budget = limit ?? Infinity;
	const reasoning = thought.slice(0, budget);
	const text = said.slice(0, budget - reasoning.length);
	const cut =
		reasoning.length + text.length < thought.length + said.length || twist === 'max-tokens';
	const length = text.join('').length;
	const spent = calls.reduce((sum, call) => sum + countTokens(call.input), 0);
	return {
		reasoning: groupPieces(reasoning, random),
		text: groupPieces(text, random),
		refused: false,
		calls: cut ? [] : calls,
		served,
		citations: calls.length > 0 ? [] : citations.filter(({ to }) => to <= length),
		stop: stopOf(prompt, cut, calls.length > 0, stopped.by !== undefined),
		...(stopped.by !== undefined && !cut && { stopSequence: stopped.by }),
		usage: {
			input,
			output: reasoning.length + text.length + (cut ? 0 : spent),
			reasoning: reasoning.length
		}
	};
}

function write(
	{ turns, schema, sources = [], region = '', variant = 0 }: Prompt,
	served: readonly ServerCall[],
	random: Random
): { text: string; reasoning: string; citations: readonly Citation[] } {
	const first = answerTo({ turns, schema, random, region });
	const again = variant > 0 && schema === undefined ? ` (Choice ${variant + 1}.)` : '';
	const answer = { ...first, text: `${first.text}${again}` };
	const { title, url, domain, quote } = FOUND;
	const found: Source[] = served
		.filter(isSearch)
		.map(() => ({ title, quote, place: { kind: 'web', url, domain } }));
	const cited = [...sources, ...found];
	if (served.some(({ output }) => output === undefined))
		return { ...answer, text: '', citations: [] };
	return cited.length === 0 || schema !== undefined
		? { ...answer, citations: [] }
		: { ...answer, ...writeCited(cited) };
}

function completeWith(text: string, stop: Stop, input: number, random: Random): Completion {
	const pieces = splitPieces(text);
	return {
		reasoning: [],
		text: groupPieces(pieces, random),
		refused: false,
		calls: [],
		served: [],
		citations: [],
		stop,
		usage: { input, output: pieces.length, reasoning: 0 }
	};
}

function stopOf({ twist }: Prompt, cut: boolean, calls: boolean, stopped: boolean): Stop {
	if (twist === 'content-filter') return 'content-filter';
	if (cut) return 'length';
	if (calls) return 'tool';
	return stopped ? 'stop-sequence' : 'end';
}

function cutAtStop(text: string, stops: readonly string[]): { text: string; by?: string } {
	let at = text.length;
	let by: string | undefined;
	for (const stop of stops) {
		const found = stop === '' ? -1 : text.indexOf(stop);
		if (found >= 0 && found < at) [at, by] = [found, stop];
	}
	return by === undefined ? { text } : { text: text.slice(0, at), by };
}
