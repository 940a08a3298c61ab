import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';
import { newChunks } from './src/chunks.ts';
import { newRelay } from './src/relay.ts';
import { handle } from './src/lib/simulator/server.ts';
import { FileOrder } from './tests/file-order.ts';

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
	plugins: [simulator, relay, sveltekit(), newChunks(), compileHint],
	// Most of a build's time goes by in plugins, as in any build with Svelte: a warning of it tells nobody anything.
	build: { rolldownOptions: { checks: { bundlerTimings: false } } },
	test: {
		environment: 'node',
		// Threads start sooner than processes; two of them, also on two cores, where one is the default.
		pool: 'threads',
		maxWorkers: 2,
		isolate: false,
		sequence: { sequencer: FileOrder },
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
