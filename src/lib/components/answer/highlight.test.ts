import { describe, expect, it } from 'vitest';
import { colourCode, type Run } from './highlight.ts';

describe('colourCode', () => {
	it.each([
		[
			'ts',
			'const a = min(8_000, n: number); // x',
			['keyword:const', 'function:min', 'number:8_000']
		],
		['js', "await new Promise((done) => f('a'));", ['keyword:await', "string:'a'"]],
		[
			'python',
			'print(True, "a", 1.5)',
			['function:print', 'literal:True', 'string:"a"', 'number:1.5']
		],
		['json', '{"a": [true, 1, "b"]}', ['key:"a"', 'literal:true', 'number:1', 'string:"b"']],
		['bash', 'curl "$URL" # c', ['string:"$URL"', 'comment:# c']],
		['http', 'POST /a HTTP/1.1\nAccept: b\n\n{}', ['keyword:POST', 'key:Accept']],
		['html', '<a href="b">', ['string:"b"']],
		['yaml', 'a: 1', ['key:a:', 'number:1']],
		['sql', 'SELECT 1', ['keyword:SELECT']],
		['go', 'func f() {}', ['keyword:func', 'function:f']],
		['java', 'int a = 1;', ['number:1']]
	])('colours %s and leaves the text as it is: %s', (language, code, some) => {
		const runs: Run[] = colourCode(code, language) ?? [];
		expect(runs.map((run) => run.text).join('')).toBe(code);
		expect(runs.map((run) => `${run.kind}:${run.text}`)).toEqual(expect.arrayContaining(some));
	});

	it('leaves parameters, their types and class names in the colour of the text', () => {
		const runs = colourCode('function f(a: number) { new Promise(a); }', 'ts') ?? [];
		expect(runs.filter((run) => run.kind !== undefined).map((run) => run.text)).toEqual([
			'function',
			'f',
			'new'
		]);
	});

	it.each(['', 'mermaid', '__proto__', 'constructor'])('knows no %j', (language) => {
		expect(colourCode('a', language)).toBeUndefined();
	});
});
