import type { ChainClient, Turn } from './chain.ts';
import { javascriptDialect } from './javascript.ts';
import type { Dialect } from './literal.ts';
import { writeLiteral } from './literal.ts';

/** A chain in JavaScript with the openai package: an ES module for Node 18 or later. */
export const chainInJavascript: ChainClient = ({ bases, turns }) => {
	const clients = bases.map((base, i) => [
		`const ${clientOf(i)} = new OpenAI({`,
		`  ${writeLiteral(base, javascriptDialect, { prefix: 'baseURL: ' })},`,
		'  apiKey: process.env.AWS_BEARER_TOKEN_BEDROCK,',
		'});',
		''
	]);
	const code = [
		'// For Node 18 or later: save it as a file .mjs',
		'// Set the key first: export AWS_BEARER_TOKEN_BEDROCK=your-key',
		"import OpenAI from 'openai';",
		'',
		...clients.flat(),
		...turns.flatMap(writeTurn)
	];
	return {
		code: code.join('\n'),
		language: 'javascript',
		files: [],
		install: 'npm install openai'
	};
};

function writeTurn(turn: Turn, index: number): string[] {
	const { body, headers, client } = turn;
	const name = nameOf(index);
	const said = writeLiteral(body, dialectOf(turn), {});
	const options = { headers: Object.fromEntries(headers) };
	const rest = headers.length === 0 ? '' : `, ${writeLiteral(options, javascriptDialect, {})}`;
	return [
		`// Turn ${index + 1}`,
		`const ${name} = await ${clientOf(client)}.responses.create(${said}${rest});`,
		`console.log(${name}.output_text || ${name});`,
		''
	];
}

/** Says what an earlier turn gives in its own words, and all else as it stands. */
function dialectOf({ after, calls }: Turn): Dialect {
	return {
		...javascriptDialect,
		text(text, path) {
			if (path === 'previous_response_id' && after !== undefined) return `${nameOf(after)}.id`;
			const made = path === 'input/call_id' ? calls.get(text) : undefined;
			if (made === undefined) return javascriptDialect.text(text, path);
			const items = `${nameOf(made.turn)}.output.filter((item) => item.type === 'function_call')`;
			return `${items}[${made.call}].call_id`;
		}
	};
}

function nameOf(index: number): string {
	return `response${index + 1}`;
}

function clientOf(index: number): string {
	return index === 0 ? 'client' : `client${index + 1}`;
}
