import { defineConfig } from 'playwright/test';

export default defineConfig({
	testDir: '.',
	outputDir: '../../test-results/e2e',
	fullyParallel: true,
	workers: 2,
	forbidOnly: Boolean(process.env.CI),
	retries: 0,
	// How long something may take on a busy machine; what does come does not wait for it.
	timeout: 60_000,
	expect: { timeout: 20_000 },
	reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
	use: {
		ignoreHTTPSErrors: true,
		serviceWorkers: 'block',
		trace: 'off'
	}
});
