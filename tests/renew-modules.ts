import type { WorkerGlobalState } from 'vitest';

/**
 * Modules that hold nothing from one use to the next. Loading them anew too, for each file and each page, takes longer than
 * most tests do. The kits of tests and what keeps what has been loaded are not among them. The words are: who has them in
 * another language puts English back.
 */
const stateless =
	/\/src\/lib\/(apis|catalog|checks|errors|http|model|share|simulator|snippets|text)\/(?!.*test-|build\.ts|narrow-policy\.ts|network\.ts)|\/node_modules\//;

/**
 * Makes every module that may hold something, and those that import one, load anew when it is next imported:
 * `vi.resetModules` does so for all.
 */
export function renewModules(): void {
	const { __vitest_worker__: worker } = globalThis as { __vitest_worker__?: WorkerGlobalState };
	if (worker === undefined) throw new Error('Vitest keeps its modules elsewhere now');
	const modules = worker.evaluatedModules.idToModuleMap;
	const renewed = new Set([...modules.keys()].filter((id) => !stateless.test(id)));
	// A set goes on over what is added to it meanwhile.
	for (const id of renewed) {
		const module = modules.get(id);
		if (module === undefined) continue;
		for (const importer of module.importers) renewed.add(importer);
		module.promise = undefined;
		module.exports = undefined;
		module.evaluated = false;
		module.importers.clear();
	}
}
