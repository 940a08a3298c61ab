// What a first visit does not show is loaded when it is used.

import { loadOnce } from '../model/load-once.ts';
import { idle } from '../model/idle.ts';
import { nextTask } from '../model/next-task.ts';

const loaded = new WeakMap<() => Promise<unknown>, unknown>();

/**
 * What `load` gives: a promise until it is there, and then the part itself, so that what is loaded is drawn at once. What
 * failed is loaded again at the next call. `Later.svelte` draws it.
 *
 * Loading begins in a task of its own: to ask the browser for files takes as long as to draw some controls, and the page
 * is usually being drawn when a part is asked for.
 */
export function partOf<Part>(load: () => Promise<Part>): Part | Promise<Part> {
	if (loaded.has(load)) return loaded.get(load) as Part;
	return nextTask()
		.then(load)
		.then((part) => {
			loaded.set(load, part);
			return part;
		});
}

/** Begins to load what is likely to be wanted next. What fails is asked for again where it is shown, which says so. */
export function preload(load: () => Promise<unknown>): void {
	void Promise.resolve(partOf(load)).catch(() => undefined);
}

/** What draws turns, and what says how runs ended: loaded at the latest with the first of them. */
export const loadAnswers = loadOnce(() => import('./workspace/answers.ts'));

/** The list of past conversations; a first visit has none. */
export const loadHistory = () => import('./history/HistoryList.svelte').then(pick);

/** What narrows that list by more than words. */
export const loadFilters = () => import('./history/Filters.svelte').then(pick);

/**
 * Loads what is shown next of a page that somebody uses, once the browser has time. What cannot be loaded is asked for
 * again where it is shown, which says so. `latestRun` gives a promise of the end of the last run: see rehearse.ts.
 */
export async function loadNext(latestRun: () => Promise<unknown>): Promise<void> {
	await idle();
	for (const load of [loadHistory, loadFilters, loadPicker]) preload(load);
	import('./workspace/rehearse.ts')
		.then(({ rehearse }) => rehearse(latestRun))
		.catch(() => undefined);
}

/** How each endpoint was last reached. */
export const loadConnections = () => import('./connections/ConnectionDots.svelte').then(pick);

/** What attaches files to the message being written, and shows them. */
export const loadFileTools = () => import('./files/file-tools.ts');

/** What stands between Add and Send. */
export const loadBesideSend = () => import('./workspace/BesideSend.svelte').then(pick);

/** The list of models. */
export const loadPicker = () => import('./workspace/models/picker-parts.ts');

/** What is known to go wrong with a request. */
export const loadWarningList = () => import('./WarningList.svelte').then(pick);

/** What shows an attached file. */
export const loadFileCard = () => import('./files/FileCard.svelte').then(pick);

/** Where the address of a file is written. */
export const loadAddressForm = () => import('./files/AddressForm.svelte').then(pick);

/** What is said of a request before it is sent. */
export const loadBeforeSend = () => import('./workspace/BeforeSend.svelte').then(pick);

/** Where results of tools are written. */
export const loadTray = () => import('./workspace/tools/ToolTray.svelte').then(pick);

/** What holds an answer against the schema that it was asked to have. */
export const loadVerdict = () => import('./workspace/SchemaVerdict.svelte').then(pick);

/** What shows a run that the service goes on with by itself. */
export const loadJob = () => import('./workspace/JobRow.svelte').then(pick);

/** What asks which of two pages' drafts is to stay. */
export const loadConflict = () => import('./workspace/DraftConflict.svelte').then(pick);

/** What shows a shared request before anything becomes of it. */
export const loadShared = () => import('./share/SharedRequest.svelte').then(pick);

function pick<Part>(module: { default: Part }): Part {
	return module.default;
}
