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

export default defineConfig({
	plugins: [simulator, sveltekit()],
	test: {
		environment: 'node',
		include: ['src/**/*.test.ts', 'tests/*.test.ts'],
		expect: { requireAssertions: true },
		reporters: ['default', 'json'],
		outputFile: { json: 'test-results/unit.json' }
	}
});
