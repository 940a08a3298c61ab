import { describe, expect, it } from 'vitest';
import { narrowSources } from './narrow-policy.ts';
import { reachOf } from './reach.ts';

const connect =
	"connect-src 'self' https://bedrock-runtime.us-west-2.amazonaws.com http://localhost:* http://127.0.0.1:* https://a.example https://*.b.example https://c.example:8443";

/** A page at an address of its own, with a policy or without. */
function newPage(policy: string | undefined): Document {
	return {
		location: new URL('https://page.example/'),
		querySelector: () => policy && { getAttribute: () => policy }
	} as unknown as Document;
}

describe('whether a page can reach a gateway', () => {
	it.each([
		['http://localhost:4000/v1', 'after-reload'],
		['http://127.0.0.1:4000', 'after-reload'],
		['https://localhost:8443', 'after-reload'],
		['http://[::1]:4000', 'never'],
		['https://a.example/api/v1', 'now'],
		['https://a.example:8443/api/v1', 'never'],
		['https://x.a.example', 'never'],
		['https://x.b.example', 'now'],
		['https://b.example', 'never'],
		['https://c.example:8443/v1', 'now'],
		['https://a.example.evil.test', 'never'],
		['https://page.example/api/v1', 'now'],
		['https://page.example:8443/api/v1', 'never']
	])('at %s: %s, while no gateway is saved', (url, reach) => {
		expect(reachOf(newPage(connect), url, narrowSources(connect))).toBe(reach);
	});

	it('on this computer: now, once the page was opened with one saved there', () => {
		const kept = narrowSources(connect, ['http://localhost:4000/v1']);
		expect(reachOf(newPage(connect), 'http://localhost:8000/v1', kept)).toBe('now');
		expect(reachOf(newPage(connect), 'http://127.0.0.1:8000/v1', kept)).toBe('after-reload');
	});

	it('is always so where the page states no policy, as while developing', () => {
		expect(reachOf(newPage(undefined), 'https://any.example')).toBe('now');
	});
});
