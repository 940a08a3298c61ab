import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';
import { handle } from './src/lib/simulator/server.ts';

/** While developing, the simulator also answers other clients under /simulator, as `curl localhost:5173/simulator/v1/models`. */
const simulator: Plugin = {
	name: 'simulator',
	configureServer: (server) => {
		server.middlewares.use('/simulator', handle({ requireKey: false }));
	}
};

/**
 * What the page needs before it can be used is one file in place of thirty: all that the client's entries import without
 * `import()`, directly or through others. Of the texts each section goes with the part of the page that says it.
 */
const firstLoad: Plugin = {
	name: 'first-load',
	config: (_, { isSsrBuild }) => ({
		build: {
			rolldownOptions: {
				output: isSsrBuild ? {} : { codeSplitting: { groups: [{ name: nameFirstLoad }] } }
			}
		}
	})
};

const isNeeded = new Map<string, boolean>();

function nameFirstLoad(id: string, graph: Graph): string | null {
	return !id.includes('/text/en/') && isNeededFirst(id, graph) ? 'first-load' : null;
}

function isNeededFirst(id: string, graph: Graph): boolean {
	const known = isNeeded.get(id);
	if (known !== undefined) return known;
	// Until it is known; modules may import each other in a circle.
	isNeeded.set(id, false);
	const info = graph.getModuleInfo(id);
	const needed =
		info !== null && (info.isEntry || info.importers.some((one) => isNeededFirst(one, graph)));
	isNeeded.set(id, needed);
	return needed;
}

interface Graph {
	getModuleInfo(id: string): { isEntry: boolean; importers: string[] } | null;
}

export default defineConfig({
	plugins: [simulator, sveltekit(), firstLoad],
	test: {
		environment: 'node',
		include: ['src/**/*.test.ts', 'tests/*.test.ts'],
		expect: { requireAssertions: true },
		reporters: ['default', 'json'],
		outputFile: { json: 'test-results/unit.json' }
	}
});
