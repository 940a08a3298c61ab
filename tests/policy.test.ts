import { describe, expect, it, vi } from 'vitest';
import regions from '../src/lib/catalog/regions.json' with { type: 'json' };

/** The policy that the page is built with, for a value of the build variable. */
async function readPolicy(extra: string): Promise<Record<string, unknown>> {
	vi.stubEnv('CONNECT_SRC', extra);
	vi.resetModules();
	const { default: config } = await import('../svelte.config.js');
	vi.unstubAllEnvs();
	return { ...config.kit?.csp?.directives };
}

describe('the policy of the built page', () => {
	it('names every host that the page may talk to, and no other', async () => {
		const policy = await readPolicy('');
		expect(policy['connect-src']).toEqual([
			'self',
			...regions.runtime.map((region) => `https://bedrock-runtime.${region}.amazonaws.com`),
			...regions.mantle.map((region) => `https://bedrock-mantle.${region}.api.aws`),
			...regions.runtime.map((region) => `https://bedrock.${region}.amazonaws.com`),
			'http://localhost:*',
			'http://127.0.0.1:*'
		]);
	});

	it('takes further origins from the build variable', async () => {
		const policy = await readPolicy('https://a.example  https://b.example');
		const usual = await readPolicy('');
		expect(policy['connect-src']).toEqual([
			...(usual['connect-src'] as string[]),
			'https://a.example',
			'https://b.example'
		]);
	});

	it('allows nothing by default, no inline code, no eval and no strings as HTML', async () => {
		const { 'connect-src': _, ...policy } = await readPolicy('');
		expect(policy).toMatchObject({
			'default-src': ['none'],
			'script-src': ['self'],
			'style-src': ['self'],
			'base-uri': ['none'],
			'form-action': ['none'],
			'require-trusted-types-for': ['script']
		});
		expect(JSON.stringify(policy)).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
	});
});
