import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildEmbeddings } from '../apis/embeddings/embeddings.ts';
import type { EmbeddingsDraft } from '../apis/embeddings/embeddings.ts';
import { startServer } from '../simulator/server.ts';
import type { RunningServer } from '../simulator/server.ts';
import { embeddingsClients } from './embeddings.ts';
import { run } from './test-run.ts';

// The simulator's gateway takes keys that begin so.
const env = { OPENAI_API_KEY: 'gw-test' };
const seen: { body: string; authorization: string | undefined }[] = [];
let server: RunningServer;
let folder: string;

beforeAll(async () => {
	server = await startServer({
		speed: 0,
		onrequest: ({ body, headers }) => seen.push({ body, authorization: headers['authorization'] })
	});
	folder = mkdtempSync(join(tmpdir(), 'snippets-'));
	symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'));
});

afterAll(async () => {
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

const odd = 'It\'s "odd" $HOME `x` \\ ${1}\nand 日本';
const drafts: EmbeddingsDraft[] = [
	{ model: 'text-embedding-3-small', texts: ['one', odd], encoding: 'float' },
	{ model: 'text-embedding-3-small', texts: [odd], dimensions: 256, encoding: 'base64' }
];

const codeOf = (id: string, draft: EmbeddingsDraft): string => {
	const request = buildEmbeddings(draft, `${server.url}/api/v1`);
	return embeddingsClients.find((one) => one.id === id)?.render(request).code ?? '';
};

describe('code for embeddings', () => {
	it.each(drafts)('by sh and curl sends the body as it stands: %j', async (draft) => {
		const { code, out } = await run('sh', ['-c', codeOf('curl', draft)], folder, env);
		expect(code).toBe(0);
		expect(JSON.parse(out)).toHaveProperty('data');
		const request = buildEmbeddings(draft, server.url);
		expect(seen.at(-1)).toEqual({ body: request.body, authorization: 'Bearer gw-test' });
	});

	it.each(drafts)('by Node and the openai package sends the same value: %j', async (draft) => {
		writeFileSync(join(folder, 'code.mjs'), codeOf('javascript', draft));
		const { code, err, out } = await run(process.execPath, ['code.mjs'], folder, env);
		expect([code, err]).toEqual([0, '']);
		expect(out).toContain('total_tokens');
		const request = buildEmbeddings(draft, server.url);
		expect(JSON.parse(seen.at(-1)?.body ?? '')).toEqual(JSON.parse(request.body ?? ''));
		expect(seen.at(-1)?.authorization).toBe('Bearer gw-test');
	});

	it.each(drafts)(
		'is Python that calls the openai package with the same value: %j',
		async (draft) => {
			// A stand-in that prints what it is called with: the package itself need not be here.
			const stub = `import json
class OpenAI:
    def __init__(self, base_url, api_key):
        self.embeddings = self
        self.known = (base_url, api_key)
    def create(self, **body):
        print(json.dumps([self.known, body]))
        raise SystemExit
`;
			writeFileSync(join(folder, 'openai.py'), stub);
			writeFileSync(join(folder, 'code.py'), codeOf('python', draft));
			const { code, out } = await run('python3', ['code.py'], folder, env);
			const request = buildEmbeddings(draft, server.url);
			expect([code, JSON.parse(out)]).toEqual([
				0,
				[[`${server.url}/api/v1`, 'gw-test'], JSON.parse(request.body ?? '')]
			]);
		}
	);

	it('says what the packages add where nothing is set, and holds no key', () => {
		for (const { id } of embeddingsClients) {
			const code = codeOf(id, { model: 'm', texts: ['a'] });
			expect(code.includes('The package asks for base64 by itself')).toBe(id !== 'curl');
			expect(code).toContain('OPENAI_API_KEY');
			expect(code).not.toContain('AWS_BEARER_TOKEN_BEDROCK');
		}
	});
});
