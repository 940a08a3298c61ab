import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { HttpRequest } from '../model/request.ts';
import type { Client } from './client.ts';
import type { Case } from './test-cases.ts';

/** Stands for the key in the environment; with characters that a shell or a URL might change. */
export const secret = 'bedrock-api-key-aB+/=$1';

/** A folder with a file of code for every case: `0.sh`, `1.sh`, … and the files that they read. */
export function writeSnippets(
	client: Client,
	cases: readonly Case[],
	requestOf: (index: number) => HttpRequest,
	extension: string
): string {
	const folder = mkdtempSync(join(tmpdir(), 'snippets-'));
	cases.forEach(({ api, files = [] }, index) => {
		for (const { name, base64 } of files) {
			writeFileSync(join(folder, name), Buffer.from(base64, 'base64'));
		}
		const { code } = client.render(requestOf(index), api, files);
		writeFileSync(join(folder, `${String(index)}.${extension}`), code);
	});
	return folder;
}

/** How a process ended. */
export interface Ended {
	code: number | null;
	out: string;
	err: string;
}

/** Runs a program in `folder` with the key in its environment. */
export async function run(
	program: string,
	args: readonly string[],
	folder: string,
	env: Record<string, string> = {}
): Promise<Ended> {
	const child = spawn(program, args, {
		cwd: folder,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			PATH: process.env.PATH,
			HOME: folder,
			PYTHONIOENCODING: 'utf-8',
			AWS_BEARER_TOKEN_BEDROCK: secret,
			OPENAI_API_KEY: secret,
			...env
		}
	});
	const ended = new Promise<number | null>((resolve, reject) => {
		child.on('close', resolve);
		child.on('error', reject);
	});
	const [out, err, code] = await Promise.all([buffer(child.stdout), buffer(child.stderr), ended]);
	return { code, out: out.toString(), err: err.toString() };
}

/** What is in a file that a snippet or its driver wrote. */
export function readBytes(folder: string, name: string): Buffer {
	return readFileSync(join(folder, name));
}

/** Removes what `writeSnippets` made. */
export function removeFolder(folder: string): void {
	rmSync(folder, { recursive: true, force: true });
}
