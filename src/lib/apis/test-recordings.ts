import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { ApiId } from '../model/draft.ts';
import { readJson } from '../model/json-text.ts';
import { isJsonObject } from '../model/json.ts';
import type { Json } from '../model/json.ts';

/** A recorded stream: the events of each answer in it, as JSON. */
export interface Recording {
	name: string;
	api: ApiId;
	answers: Json[][];
}

// Recordings by vercel/ai (Apache-2.0), which stand beside this project where it is made and are not part of it.
const folder = ['../shared/', '../../shared/']
	.map((path) => new URL(`../../../${path}corpora/vercel-ai/`, import.meta.url))
	.find((url) => existsSync(url));

/** Recordings of other services than an answer of these APIs. */
const foreign = /completion-text|speech-translation/;

/** Every recording of these APIs; none where they are not here. */
export const recordings: readonly Recording[] = (
	folder === undefined ? [] : readdirSync(folder, { recursive: true, encoding: 'utf8' })
)
	.filter((name) => name.endsWith('.chunks.txt') && !foreign.test(name))
	.map((name) => {
		const text = readFileSync(new URL(name, folder), 'utf8');
		return { name: name.replace(/^.*\//, ''), api: apiOf(name), answers: answersOf(text) };
	});

/** The frames of an event: one, or on Converse one for each message that it names. */
export function framesOf(api: ApiId, value: Json): [string, Json][] {
	if (api !== 'converse') return [['', value]];
	return isJsonObject(value) ? Object.entries(value) : [];
}

function apiOf(name: string): ApiId {
	if (name.startsWith('amazon-bedrock')) return 'converse';
	return /responses/.test(name) ? 'responses' : 'chat-completions';
}

/** The answers in a recording, which may hold one after another; some values stand on several lines. */
function answersOf(text: string): Json[][] {
	const answers: Json[][] = [];
	let open = '';
	for (const line of text.split('\n')) {
		const own = line.replace(/^data: /, '');
		open += own;
		// After a line that is broken, as the first one of a recording is, the next event stands for itself.
		const value = parseLine(open) ?? (own.startsWith('{"type":') ? parseLine(own) : undefined);
		if (value === undefined) continue;
		open = '';
		const begins = isJsonObject(value) && value.type === 'response.created';
		if (begins || answers.length === 0) answers.push([]);
		answers.at(-1)?.push(value);
	}
	if (answers.length === 0) throw new Error('A recording holds no answer');
	return answers;
}

function parseLine(line: string): Json | undefined {
	try {
		return readJson(line);
	} catch {
		// Not whole yet, or empty.
		return undefined;
	}
}
