import { defineConfig } from 'vitest/config';

/** Figures, not judgements: `npx vitest run --config tests/bench/vitest.config.ts`. */
export default defineConfig({
	test: { environment: 'node', include: ['tests/bench/*.bench.ts'], testTimeout: 120_000 }
});
