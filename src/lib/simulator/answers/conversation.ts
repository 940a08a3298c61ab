import { countTokens } from './tokens.ts';

/** One message as any of the three APIs sent it, reduced to what the simulator looks at. */
export interface Turn {
	role: 'system' | 'user' | 'assistant' | 'tool';
	text: string;
	/** What the files of the message are, a description each. */
	files: readonly string[];
	/** The texts of the tool results it carries. */
	results: readonly string[];
}

/** What people said about themselves. */
export interface Facts {
	name?: string;
	likes?: string;
}

const TOKENS_OF_A_FILE = 258;
const TOKENS_OF_A_TURN = 4;

/** A turn of text only. */
export function newTurn(role: Turn['role'], text: string): Turn {
	return { role, text, files: [], results: [] };
}

/** The text of the last user turn that is more than tool results, or '' where there is none. */
export function lastUserText(turns: readonly Turn[]): string {
	return turns[lastUserTurn(turns)]?.text ?? '';
}

/** How many times tools were answered since the user last spoke. */
export function countRounds(turns: readonly Turn[]): number {
	return turns
		.slice(lastUserTurn(turns) + 1)
		.filter(({ results }, at, rest) => results.length > 0 && !rest[at + 1]?.results.length).length;
}

function lastUserTurn(turns: readonly Turn[]): number {
	return turns.findLastIndex(
		({ role, text, results }) => role === 'user' && (text !== '' || results.length === 0)
	);
}

/** What the user turns say about the user's name and likings; a later word wins. */
export function recallFacts(turns: readonly Turn[]): Facts {
	const facts: Facts = {};
	for (const { role, text } of turns) {
		if (role !== 'user') continue;
		const name = /\bmy name is ([\p{L}\p{M}'’-]+)/iu.exec(text)?.[1];
		const likes = /\bI (?:like|love) ([^.,;!?\n]+?)(?= and (?:my|I)\b|[.,;!?\n]|$)/iu.exec(
			text
		)?.[1];
		if (name !== undefined) facts.name = name;
		if (likes !== undefined && !/\bdo I (?:like|love)\b/i.test(text)) facts.likes = likes;
	}
	return facts;
}

/** How many input tokens the turns are, with a few for the frame around each. */
export function countInput(turns: readonly Turn[]): number {
	return turns.reduce(
		(sum, turn) =>
			sum +
			TOKENS_OF_A_TURN +
			countTokens(turn.text) +
			turn.files.length * TOKENS_OF_A_FILE +
			turn.results.reduce((total, result) => total + countTokens(result), 0),
		0
	);
}
