import type { Facts, Turn } from './conversation.ts';
import { lastUserText, recallFacts } from './conversation.ts';
import { writeWords } from './prose.ts';
import type { Random } from '../random.ts';
import { sampleOf } from './samples.ts';
import * as texts from './texts.ts';

/** What is asked: the conversation, and the schema of the answer where the request sets one. */
export interface Question {
	turns: readonly Turn[];
	/** A JSON schema; `{}` where any JSON object will do. */
	schema?: unknown;
	random: Random;
	/** The Region that was asked; '' on a loopback host. */
	region: string;
}

/** What to say, before any limit cuts it. */
export interface Answer {
	text: string;
	/** The thought before it, for models that think. */
	reasoning: string;
}

interface Rule {
	/** Which prompts the answer is for. */
	matches(prompt: string, question: Question): boolean;
	write(prompt: string, question: Question): string;
	reasoning?: string;
}

const MAX_WORDS = 200_000;
const WORD_COUNT = /\b(?:write|give|generate|produce|tell)\b[^.\n]*?\b(\d[\d,]*)[ -]+words?\b/i;
const MY_FACTS = /\bwhat(?:'s| is| was) my name\b|\bwhat do I (?:like|love)\b|\bwho am I\b/i;

// The first that matches answers.
const rules: readonly Rule[] = [
	{
		matches: (_, { turns }) => (turns.at(-1)?.results.length ?? 0) > 0,
		write: (_, { turns }) => describeResults(turns.at(-1)?.results ?? []),
		reasoning: 'The tool results are here. Report them as they are.'
	},
	{
		matches: (_, { schema }) => schema !== undefined,
		write: (prompt, { schema }) => JSON.stringify(sampleOf(schema, prompt), null, 2)
	},
	{
		matches: (_, { turns }) => filesOf(turns).length > 0,
		write: (_, { turns }) => describeFiles(filesOf(turns))
	},
	{
		matches: (prompt) => MY_FACTS.test(prompt),
		write: (prompt, { turns }) => recite(recallFacts(turns), prompt)
	},
	{ matches: (prompt) => WORD_COUNT.test(prompt), write: writeCounted },
	{ matches: (prompt) => /\p{Script=Han}/u.test(prompt), write: () => texts.CHINESE },
	{ matches: (prompt) => /\bhaiku\b/i.test(prompt), write: () => texts.HAIKU },
	{
		matches: (prompt) => /first token|what happens/i.test(prompt),
		write: () => texts.FIRST_TOKEN,
		reasoning: 'The question is about the path of one request. Name the steps in order.'
	},
	{
		matches: (prompt) => /\b429\b|\bback[ -]?off\b/i.test(prompt),
		write: () => texts.BACK_OFF,
		reasoning: texts.BACK_OFF_REASONING
	},
	{ matches: (prompt) => /\bjson\b/i.test(prompt), write: () => texts.JSON_BLOCK },
	{ matches: (prompt) => /\bS3\b/.test(prompt), write: () => texts.S3 },
	{
		matches: (prompt) => /\bwhat is (?:amazon )?bedrock\b/i.test(prompt),
		write: () => texts.BEDROCK
	},
	{
		matches: (prompt) => /\bmy name is\b|^I (?:like|love) /i.test(prompt),
		write: (prompt, { turns }) => greet(recallFacts(turns))
	},
	{
		matches: (prompt) => /^\s*(?:hello|hi|hey)\b[^\p{L}]*$/iu.test(prompt),
		write: () => 'Hello! How can I help you today?',
		reasoning: 'Just a greeting. Respond politely.'
	}
];

/** Chooses the answer by the last user text. The same question gives the same answer. */
export function answerTo(question: Question): Answer {
	const prompt = lastUserText(question.turns);
	const rule = rules.find((candidate) => candidate.matches(prompt, question));
	return {
		text: rule?.write(prompt, question) ?? explainSimulator(prompt, question.region),
		reasoning:
			rule?.reasoning ??
			'We need to answer succinctly. The question is clear, so answer it directly.'
	};
}

function filesOf(turns: readonly Turn[]): readonly string[] {
	return turns.findLast((turn) => turn.role === 'user')?.files ?? [];
}

function describeResults(results: readonly string[]): string {
	const lines = results.map((result) => `- \`${result.replaceAll('`', "'")}\``);
	return `The ${results.length === 1 ? 'tool' : 'tools'} returned:\n\n${lines.join('\n')}`;
}

function describeFiles(files: readonly string[]): string {
	const lines = files.map((file) => `- ${file}`);
	const count = files.length === 1 ? 'One file' : `${files.length} files`;
	return `${count} arrived with the request:\n\n${lines.join('\n')}\n\nThis is a simulator: it counts the bytes and does not look at the content.`;
}

function writeCounted(prompt: string, { random }: Question): string {
	const count = Number(WORD_COUNT.exec(prompt)?.[1]?.replaceAll(',', '') ?? 0);
	return writeWords(Math.min(count, MAX_WORDS), random);
}

function recite(facts: Facts, prompt: string): string {
	const name = facts.name === undefined ? undefined : `your name is ${facts.name}`;
	const likes = facts.likes === undefined ? undefined : `you like ${facts.likes}`;
	const asked = [
		/\bname\b|\bwho am I\b/i.test(prompt) ? (name ?? 'you have not told me your name') : undefined,
		/\bI (?:like|love)\b/i.test(prompt)
			? (likes ?? 'you have not told me what you like')
			: undefined
	];
	const sentence = asked.filter((part) => part !== undefined).join(' and ');
	return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function greet({ name, likes }: Facts): string {
	const greeting = name === undefined ? 'Noted.' : `Nice to meet you, ${name}.`;
	return likes === undefined ? greeting : `${greeting} I will remember that you like ${likes}.`;
}

function explainSimulator(prompt: string, region: string): string {
	const where = region === '' ? '' : ` It was asked in **${region}**.`;
	const words = prompt.trim().split(/\s+/).filter(Boolean);
	const start = words.slice(0, 8).join(' ').slice(0, 80);
	const begin =
		start === ''
			? 'Your prompt is empty'
			: `Your prompt begins with “${start}${words.length > 8 ? '…' : ''}”`;
	return `This is the **built-in simulator**: no model has read your prompt and nothing left this page. ${begin}, and the answer comes in the true wire format of the API you chose, so that you can look at the request, the frames and the events.${where}

Try *a haiku*, *what happens before the first token*, *how to back off from a 429*, or \`write 300 words\`. Add an API key to send the same request to Amazon Bedrock.`;
}
