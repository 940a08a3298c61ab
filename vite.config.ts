import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';
import { newRelay } from './src/relay.ts';
import { handle } from './src/lib/simulator/server.ts';

/** While developing, the simulator also answers other clients under /simulator, as `curl localhost:5173/simulator/v1/models`. */
const simulator: Plugin = {
	name: 'simulator',
	configureServer: (server) => {
		server.middlewares.use('/simulator', handle({ requireKey: false }));
	}
};

/** The page's own server passes requests on to Bedrock under /relay, for browsers that can't reach its hosts. */
const relay: Plugin = {
	name: 'relay',
	configureServer: (server) => {
		server.middlewares.use(newRelay());
	},
	configurePreviewServer: (server) => {
		server.middlewares.use(newRelay());
	}
};

/** What the page needs before it can be used is one file, in place of thirty that compress worse. */
const firstLoad: Plugin = {
	name: 'first-load',
	// The prerendering build has no first load, and its parts would wait for each other in a circle.
	configEnvironment: (name) =>
		name === 'client'
			? {
					build: {
						rolldownOptions: {
							// The group takes modules without all that they import, so its entries may get exports for the others.
							preserveEntrySignatures: 'allow-extension',
							// A table of words that is put together from others is still only words.
							treeshake: {
								moduleSideEffects: [{ test: /\/src\/lib\/text\//, sideEffects: false }]
							},
							output: { codeSplitting: { groups: [firstLoadGroup] } }
						}
					}
				}
			: undefined
};

// Of the texts only these: each of the other sections goes with the part of the page that says it.
const isLaterText = (id: string) =>
	/\/text\/en\//.test(id) &&
	!/\/(answer|common|history|inspector-frame|key-chip|workspace)\.ts$/.test(id);

// Each text needs it before anything else has run, also where its file and the first load import each other.
const isNeededFirst = (id: string) => id.endsWith('/text/section.ts');

const firstLoadGroup = {
	...{ name: 'first-load', tags: ['$initial' as const] },
	test: (id: string) => !isLaterText(id) && !isNeededFirst(id),
	includeDependenciesRecursively: false
};

/** Bytes below which a file has nothing to gain from the hint. */
const shortFile = 4096;

/**
 * Makes Chromium compile all functions of a file beside the main thread while the file loads, in place of each one when
 * it is first called. Other browsers read it as a comment.
 */
const compileHint: Plugin = {
	name: 'compile-hint',
	generateBundle: {
		// Vite puts a line of its own before the code, and the hint must be the first one.
		order: 'post',
		handler(_, bundle) {
			for (const file of Object.values(bundle)) {
				if (file.type !== 'chunk' || file.code.length < shortFile) continue;
				file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
			}
		}
	}
};

export default defineConfig({
	plugins: [simulator, relay, sveltekit(), firstLoad, compileHint],
	test: {
		environment: 'node',
		// Threads start sooner than processes; two of them, also on two cores, where one is the default.
		pool: 'threads',
		maxWorkers: 2,
		// Some tables run thousands of streams in one test, which takes its time on a busy machine.
		testTimeout: 60_000,
		include: ['src/**/*.test.ts', 'tests/*.test.ts'],
		setupFiles: ['tests/unit-setup.ts'],
		// The AWS SDK, which only tests use, warns of a Node that it will leave behind.
		env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
		expect: { requireAssertions: true },
		reporters: ['default', 'json'],
		outputFile: { json: 'test-results/unit.json' }
	}
});
