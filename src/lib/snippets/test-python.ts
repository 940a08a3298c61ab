import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import { python } from './python.ts';
import type { Case } from './test-cases.ts';
import { readBytes, removeFolder, run, writeSnippets } from './test-run.ts';

/** Runs every snippet in the working folder in one process, and writes what each did to `ends.json`. */
const driver = `import base64, contextlib, io, json, runpy, sys

def encode(value):
    return base64.b64encode(value).decode()

ends = []
for index in range(int(sys.argv[1])):
    calls = []
    for library in sys.argv[2:]:
        __import__(library).calls = calls
    end = {"calls": calls}
    buffer = io.BytesIO()
    out = io.TextIOWrapper(buffer, encoding="utf-8", newline="")
    with contextlib.redirect_stdout(out):
        try:
            runpy.run_path(f"{index}.py")
        except (Exception, SystemExit) as error:
            end["thrown"] = str(error)
    out.flush()
    end["out"] = buffer.getvalue().decode()
    ends.append(end)
with open("ends.json", "w") as file:
    json.dump(ends, file, default=encode)
`;

/** One call of a stub. */
export interface Call {
	client: Record<string, string>;
	method: string;
	args: Record<string, Json>;
	extra?: { headers: Record<string, string> | null; body: Record<string, Json> | null };
}

/** What one snippet did. */
export interface End {
	calls: Call[];
	out: string;
	thrown?: string;
}

/** Whether a line of Python runs. */
export function succeeds(code: string): boolean {
	return spawnSync('python3', ['-c', code]).status === 0;
}

/** Runs all cases in one Python with `stubs` in front of what is installed. */
export async function runAll(
	cases: readonly Case[],
	requestOf: (index: number) => HttpRequest,
	stubs: Record<string, string>
): Promise<End[]> {
	const folder = writeSnippets(python, cases, requestOf, 'py');
	for (const [name, text] of Object.entries({ ...stubs, driver })) {
		writeFileSync(join(folder, `${name}.py`), text);
	}
	const args = ['driver.py', String(cases.length), ...Object.keys(stubs)];
	const ended = await run('python3', args, folder, { PYTHONPATH: folder });
	if (ended.code !== 0 || ended.err !== '') throw new Error(ended.err);
	const ends = JSON.parse(readBytes(folder, 'ends.json').toString()) as End[];
	removeFolder(folder);
	return ends;
}

/** The end of a snippet that ran. */
export function endAt(ends: readonly End[], index: number): End {
	const end = ends[index];
	if (end === undefined) throw new Error(`No end ${String(index)}`);
	return end;
}
