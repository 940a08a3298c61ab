import type { Plugin } from 'vite';

type Graph = Pick<import('vite').Rolldown.PluginContext, 'getModuleIds' | 'getModuleInfo'>;

/** What is loaded together is one file: many small ones compress worse, and each costs a request. */
interface Stage {
	name: string;
	/** Modules whose static imports, and theirs, are in the file; a path in `src/lib`. */
	roots: readonly string[];
}

/** In the order in which a visit loads them; a module is in the first file that needs it. */
const stages: readonly Stage[] = [
	{
		// What builds and sends requests, and reads and writes storage. Opening waits for it only where something is stored.
		name: 'open',
		roots: ['apis/builders.ts', 'model/chain.ts', 'state/sending.ts', 'storage/storage.ts']
	},
	{
		// What every visit loads before anything is asked of the page: the rest of what it shows.
		name: 'soon',
		roots: [
			'catalog/models.ts',
			'components/connections/ConnectionDots.svelte',
			'components/files/file-tools.ts',
			'components/inspector/SettingsTab.svelte',
			'components/workspace/BesideSend.svelte',
			'state/connections.svelte.ts',
			'storage/older.ts'
		]
	},
	{
		// What a Send needs until its answer is seen.
		name: 'send',
		roots: ['state/execution.ts', 'components/workspace/answers.ts']
	},
	{
		// The demo's service, with what answers a Send on each API.
		name: 'simulator',
		roots: ['simulator/simulator.ts']
	},
	{
		// What else is loaded as soon as somebody uses the page.
		name: 'use',
		roots: [
			'checks/index.ts',
			'components/WarningList.svelte',
			'components/history/Filters.svelte',
			'components/history/HistoryList.svelte',
			'components/workspace/models/picker-parts.ts',
			'components/workspace/rehearse.ts',
			'state/attach.ts',
			'state/model-lists.svelte.ts'
		]
	}
];

/** The file of the styles that the first screen does without; the page itself does not link it, see `hooks.server.ts`. */
export const laterStyles = 'later-styles';

const inLib = /\/src\/lib\/(.+)$/;
const isStyle = (id: string) => /\.css(\?|$)|[?&]lang\.css$/.test(id);
// A few hundred bytes each, and never worth a request.
const isIcon = (id: string) => id.includes('/lucide/dist/esm/icons/');
// Each text needs it before anything else has run, also where two files import each other.
const isNeededFirst = (id: string) => id.endsWith('/src/lib/text/section.ts');
const textIndex = '/src/lib/text/index.ts';

/**
 * Puts what the page loads together into one file: the styles of its first screen, all other styles, what it needs before
 * it can be used, and the stages after that. Everything else is split as the bundler does it.
 */
export function newChunks(): Plugin {
	/** The stage of each module that has one. */
	const found = new Map<string, string>();
	return {
		name: 'chunks',
		apply: 'build',
		buildEnd() {
			if (this.environment.name === 'client') findStages(this, found);
		},
		// The prerendering build has no first load, and its parts would wait for each other in a circle.
		configEnvironment: (name) =>
			name === 'client'
				? {
						build: {
							rolldownOptions: {
								// A group takes modules without all that they import, so its entries may get exports for the others.
								preserveEntrySignatures: 'allow-extension',
								// A table of words that is put together from others is still only words.
								treeshake: {
									moduleSideEffects: [{ test: /\/src\/lib\/text\//, sideEffects: false }]
								},
								output: {
									codeSplitting: {
										groups: [
											{
												name: (id) =>
													isStyle(id)
														? stylesOf(id, found)
														: (found.get(id) ?? (isIcon(id) ? 'use' : null)),
												includeDependenciesRecursively: false
											}
										]
									}
								}
							}
						}
					}
				: undefined
	};
}

/** The file of a module's styles: the page links those of its first screen, a part that is loaded later brings all others. */
function stylesOf(id: string, found: ReadonlyMap<string, string>): string {
	const [component = id] = id.split('?');
	const isFirst = id.endsWith('/src/app.css') || found.get(component) === 'first-load';
	return isFirst ? 'styles' : laterStyles;
}

function findStages(graph: Graph, found: Map<string, string>): void {
	const ids = [...graph.getModuleIds()];
	const sections = readSections(graph, ids);
	const take = (id: string, stage: string): void => {
		if (found.has(id) || isStyle(id) || isNeededFirst(id)) return;
		const info = graph.getModuleInfo(id);
		if (info === null) return;
		found.set(id, stage);
		for (const imported of info.importedIds) {
			// A module that imports all the words says those of the sections that it names.
			if (!imported.endsWith(textIndex)) take(imported, stage);
			else {
				found.set(imported, found.get(imported) ?? stage);
				for (const section of sectionsNamed(info.code ?? '', sections)) take(section, stage);
			}
		}
	};
	for (const id of ids) if (graph.getModuleInfo(id)?.isEntry === true) take(id, 'first-load');
	for (const { name, roots } of stages) {
		for (const root of roots) {
			const id = ids.find((one) => inLib.exec(one)?.[1] === root);
			if (id === undefined) throw new Error(`${root} is not in the page: see src/chunks.ts`);
			take(id, name);
		}
	}
}

/** The module of each section of words, by the name that the index gives it. */
function readSections(graph: Graph, ids: readonly string[]): ReadonlyMap<string, string> {
	const sections = new Map<string, string>();
	for (const id of ids) {
		if (!id.endsWith('/src/lib/text/en.ts')) continue;
		const code = graph.getModuleInfo(id)?.code ?? '';
		for (const [, names = '', file = ''] of code.matchAll(
			/export \{([^}]+)\} from ['"](.+?)['"]/g
		)) {
			const module = ids.find((one) => one.endsWith(`/src/lib/text${file.slice(1)}`));
			if (module === undefined) continue;
			for (const name of names.split(',')) sections.set(name.trim(), module);
		}
	}
	return sections;
}

function sectionsNamed(code: string, sections: ReadonlyMap<string, string>): string[] {
	const [, alias = 'text'] = /import \{ text(?: as (\w+))? \} from/.exec(code) ?? [];
	const named = code.matchAll(new RegExp(`\\b${alias}\\.(\\w+)`, 'g'));
	return [...named].flatMap(([, name = '']) => sections.get(name) ?? []);
}
