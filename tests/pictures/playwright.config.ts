import { defineConfig } from 'playwright/test';
import config from '../e2e/playwright.config.ts';

export default defineConfig({
	...config,
	testDir: '.',
	outputDir: '../../test-results/pictures-failed',
	timeout: 600_000,
	reporter: [['list']]
});
