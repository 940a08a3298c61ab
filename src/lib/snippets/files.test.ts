import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ApiId, Part } from '../model/draft.ts';
import { stringifyBody } from '../model/request.ts';
import { clients } from './index.ts';
import { cutAtFiles, filesOf, namesIn } from './files.ts';
import type { SnippetFile } from './files.ts';
import { curl } from './curl.ts';
import { javascript } from './javascript.ts';
import { python } from './python.ts';
import { apis, requestWith } from './test-cases.ts';
import type { Case } from './test-cases.ts';
import { caseAt, requestFrom, sentForm, startLoopback } from './test-kit.ts';
import { endAt, runAll } from './test-python.ts';
import { removeFolder, run, writeSnippets } from './test-run.ts';
import { boto3Stub, openaiStub } from './test-stubs.ts';

const hostile = [
	"'; touch pwned #.png",
	'$(touch pwned).png',
	'`touch pwned`.png',
	'a\nb.png',
	'-rf.png',
	'../../etc/passwd',
	'..\\..\\x.pdf',
	'"quoted" & <b>.png',
	'',
	'.bashrc',
	'\u202egnp.exe',
	'größe 图.png',
	`${'x'.repeat(300)}.png`,
	'a.png',
	'A.png',
	'..',
	'!history.png',
	'%s.png'
];

/** More bytes than a line of base64 holds. */
function bytesOf(seed: number): Buffer {
	return Buffer.from(Uint8Array.from({ length: 300 + seed }, (_, i) => (i * 31 + seed * 7) % 256));
}

const parts: Part[] = hostile.map((name, i) => ({
	...{ type: 'image', mime: 'image/png', name },
	source: { base64: bytesOf(i).toString('base64') }
}));
const attached = filesOf({ messages: [{ id: '', role: 'user', parts }] });

describe('the names of files', () => {
	it.each(attached.map(({ name }, i) => [JSON.stringify(hostile[i]).slice(0, 40), name] as const))(
		'of %s is bare: %s',
		(_, name) => {
			expect(name).toMatch(/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u);
			expect(basename(name)).toBe(name);
			expect(name.length).toBeLessThan(100);
		}
	);

	it('differ, also where no capitals are told apart, and keep their ending', () => {
		expect(new Set(attached.map(({ name }) => name.toLowerCase())).size).toBe(hostile.length);
		expect(attached.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['a.png', 'A-2.png', 'größe-图.png', 'passwd', 'image.png', 'x.pdf'])
		);
	});

	it('are there once for the same bytes, and for what a tool gave too', () => {
		const [one] = parts;
		if (one === undefined) throw new Error('There is none');
		const result: Part = { type: 'tool-result', id: 't', parts: [one] };
		const messages = [{ id: '', role: 'tool' as const, parts: [one, result] }];
		expect(filesOf({ messages })).toHaveLength(1);
	});
});

/** A body of each API with these files in it, as the page builds it. */
function newCase(api: ApiId, stream: boolean, files: readonly SnippetFile[]): Case {
	const content = files.map(({ base64, name }) => {
		const url = `data:image/png;base64,${base64}`;
		switch (api) {
			case 'converse':
				return { image: { format: 'png', source: { bytes: base64 } } };
			case 'chat-completions':
				return { type: 'image_url', image_url: { url } };
			case 'responses':
				return { type: 'input_file', filename: name, file_data: base64 };
		}
	});
	const message = { role: 'user', content };
	const more = api === 'responses' ? { input: [message] } : { messages: [message] };
	const request = requestWith(api, '', stream, more);
	return { id: `${api} ${String(stream)}`, api, request, files };
}

const cases = [
	...apis.map((api, i) => newCase(api, i % 2 === 0, attached)),
	// A body that is kept as text: with a number that no literal keeps.
	...apis.map((api): Case => {
		const one = newCase(api, false, attached);
		const body = one.request.body?.replace(/^\{/, '{\n  "x": 1.0,') ?? '';
		return { ...one, id: `${api} as text`, request: { ...one.request, body } };
	})
];
const indexes = cases.map(({ id }, index) => [id, index] as const);

describe('code that reads files, run in a folder that holds them', () => {
	const hasCurl = spawnSync('curl', ['--version']).status === 0;
	const programs = [
		{ client: curl, program: 'sh', ending: 'sh', isThere: hasCurl },
		{ client: javascript, program: process.execPath, ending: 'mjs', isThere: true }
	];

	it.each(programs.filter(({ isThere }) => isThere))(
		'sends the bytes of the page’s body by $ending',
		async ({ client, program, ending }) => {
			const loopback = await startLoopback(cases);
			const folder = writeSnippets(client, cases, loopback.requestOf, ending);
			const ends = await Promise.all(
				indexes.map(([, index]) => run(program, [`${String(index)}.${ending}`], folder))
			);
			for (const { code, err } of ends) expect({ code, err }).toEqual({ code: 0, err: '' });
			for (const [, index] of indexes) {
				const wanted = loopback.requestOf(index);
				expect(requestFrom(loopback.arrivals.get(index), wanted)).toEqual(sentForm(wanted));
			}
			expect(existsSync(join(folder, 'pwned'))).toBe(false);
			loopback.close();
			removeFolder(folder);
		},
		60_000
	);

	it('gives boto3 and openai the values of the page’s body, and sends the bytes without them', async () => {
		const loopback = await startLoopback(cases);
		const ends = await runAll(cases, loopback.requestOf, { boto3: boto3Stub, openai: openaiStub });
		for (const [, index] of indexes) {
			const { calls, thrown } = endAt(ends, index);
			const wanted = loopback.requestOf(index);
			expect(thrown).toBeUndefined();
			if (python.render(wanted, caseAt(cases, index).api).install === undefined) {
				expect(requestFrom(loopback.arrivals.get(index), wanted)).toEqual(sentForm(wanted));
			} else {
				const [call] = calls;
				const { modelId: _, ...args } = call?.args ?? {};
				const body = { ...args, ...call?.extra?.body };
				expect(body).toEqual(JSON.parse(wanted.body ?? ''));
			}
		}
		loopback.close();
	}, 60_000);

	it.each(clients)('holds none of the bytes and says which files it reads: $id', (client) => {
		for (const { request, api, files } of cases) {
			const { code, files: names } = client.render(request, api, files);
			expect(names).toEqual(attached.map(({ name }) => name));
			expect(code).toContain('read from the folder that this is run in');
			for (const { base64 } of attached) expect(code).not.toContain(base64);
		}
	});
});

describe('a body cut at its files', () => {
	const file = { name: 'a.txt', base64: 'YQ==' };

	it.each([
		['{"a": "YQ=="}', ['a.txt']],
		['{"a": "data:text/plain;base64,YQ=="}', ['a.txt']],
		['{"a": "see YQ== there", "b": "xYQ==", "c": "YQ==x"}', []],
		['{"a": "YQ==", "b": "YQ=="}', ['a.txt']]
	])('%s has the files %j, and is whole again when joined', (body, names) => {
		expect(namesIn(body, [file])).toEqual(names);
		const joined = cutAtFiles(body, [file]).map((piece) =>
			typeof piece === 'string' ? piece : piece.base64
		);
		expect(joined.join('')).toBe(body);
	});

	it('is left as it is where a file of it is not known', () => {
		const body = stringifyBody({ a: 'YQ==' });
		expect(cutAtFiles(body, [])).toEqual([body]);
	});
});
