import type { Run, RunSummary } from '../model/run.ts';
import { parseRun, parseRunSummary } from '../model/run-schema.ts';
import { summarize } from '../model/run-summary.ts';
import { isAside, openStore, setAside } from './database.ts';

/** Stores a run and its summary, new or again. Takes a plain value, not a proxy. Rejects when the browser has no room. */
export async function saveRun(run: Run): Promise<void> {
	await (await openStore('runs')).set(run.id, run);
	await (await openStore('summaries')).set(run.id, summarize(run));
}

/** A stored run; undefined where there is none or it cannot be read, and then it is set aside. */
export async function loadRun(id: string): Promise<Run | undefined> {
	const store = await openStore('runs');
	const stored = await store.get(id);
	const run = parseRun(stored);
	if (run?.id === id) return run;
	if (stored !== undefined) await setAside(store, id, stored);
	return undefined;
}

/** All stored runs, newest first, and how many summaries could not be read and are set aside. */
export async function listSummaries(): Promise<{ summaries: RunSummary[]; unreadable: number }> {
	const store = await openStore('summaries');
	const summaries: RunSummary[] = [];
	let unreadable = 0;
	for (const [key, value] of await store.entries()) {
		const summary = isAside(key) ? undefined : parseRunSummary(value);
		if (summary?.id === key) summaries.push(summary);
		else {
			unreadable++;
			if (!isAside(key)) await setAside(store, key, value);
		}
	}
	summaries.sort((a, b) => b.startedAt - a.startedAt);
	return { summaries, unreadable };
}

/** Deletes one run. */
export async function deleteRun(id: string): Promise<void> {
	await deleteRuns([id]);
}

/** Deletes every run of a conversation. */
export async function deleteConversation(id: string): Promise<void> {
	const { summaries } = await listSummaries();
	await deleteRuns(summaries.filter((one) => one.conversation === id).map((one) => one.id));
}

/** Deletes all runs, those set aside too. */
export async function clearRuns(): Promise<void> {
	await (await openStore('runs')).clear();
	await (await openStore('summaries')).clear();
}

async function deleteRuns(ids: readonly string[]): Promise<void> {
	await (await openStore('runs')).delete(ids);
	await (await openStore('summaries')).delete(ids);
}
