import type { Json } from '../model/json.ts';
import type { ChainClient, Turn } from './chain.ts';
import type { Dialect } from './literal.ts';
import { writeLiteral } from './literal.ts';
import { pythonDialect, sayKey, writeCall } from './python-call.ts';
import { responsesKnown } from './python-openai.ts';

/** A chain in Python with the openai package. */
export const chainInPython: ChainClient = ({ bases, turns }) => {
	const clients = bases.map((base, i) => [
		`${clientOf(i)} = OpenAI(`,
		`    ${writeLiteral(base, pythonDialect, { prefix: 'base_url=' })},`,
		'    api_key=os.environ["AWS_BEARER_TOKEN_BEDROCK"],',
		')',
		''
	]);
	const code = [
		'import os',
		'',
		'from openai import OpenAI',
		'',
		sayKey('AWS_BEARER_TOKEN_BEDROCK'),
		...clients.flat(),
		...turns.flatMap(writeTurn)
	];
	return { code: code.join('\n'), language: 'python', files: [], install: 'pip install -U openai' };
};

function writeTurn(turn: Turn, index: number): string[] {
	const { body, headers, client } = turn;
	const entries = Object.entries(body);
	const args: [string, Json][] = entries.filter(([key]) => responsesKnown.has(key));
	const extra = entries.filter(([key]) => !responsesKnown.has(key));
	if (extra.length > 0) args.push(['extra_body', Object.fromEntries(extra)]);
	if (headers.length > 0) args.push(['extra_headers', Object.fromEntries(headers)]);
	const name = nameOf(index);
	return [
		`# Turn ${index + 1}`,
		writeCall(`${name} = ${clientOf(client)}.responses.create`, args, dialectOf(turn)),
		`print(${name}.output_text or ${name})`,
		''
	];
}

/** Says what an earlier turn gives in its own words, and all else as it stands. */
function dialectOf({ after, calls }: Turn): Dialect {
	return {
		...pythonDialect,
		text(text, path) {
			if (path === 'previous_response_id' && after !== undefined) return `${nameOf(after)}.id`;
			const made = path === 'input/call_id' ? calls.get(text) : undefined;
			if (made === undefined) return pythonDialect.text(text, path);
			const items = `[item for item in ${nameOf(made.turn)}.output if item.type == "function_call"]`;
			return `${items}[${made.call}].call_id`;
		}
	};
}

function nameOf(index: number): string {
	return `response_${index + 1}`;
}

function clientOf(index: number): string {
	return index === 0 ? 'client' : `client_${index + 1}`;
}
