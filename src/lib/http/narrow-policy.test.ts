import { describe, expect, it } from 'vitest';
import regions from '../catalog/regions.json' with { type: 'json' };
import config from '../../../svelte.config.js';
import { narrowPolicy, narrowSources, sourcesInForce } from './narrow-policy.ts';

const built = config.kit?.csp?.directives?.['connect-src'] ?? [];
const connect = built.map((source) => (source === 'self' ? "'self'" : source)).join(' ');
const policy = `default-src 'none'; script-src 'self'; connect-src ${connect}; base-uri 'none'`;

const service = [
	"'self'",
	...regions.runtime.map((region) => `https://bedrock-runtime.${region}.amazonaws.com`),
	...regions.mantle.map((region) => `https://bedrock-mantle.${region}.api.aws`),
	...regions.runtime.map((region) => `https://bedrock.${region}.amazonaws.com`)
];

describe('what the page may fetch once it has started', () => {
	it.each<[string, readonly string[], readonly string[]]>([
		['no gateway', [], []],
		['a gateway elsewhere', ['https://gateway.example/v1'], []],
		['a gateway on this computer', ['http://localhost:4000/v1'], ['http://localhost:*']],
		['its number', ['http://127.0.0.1:4000'], ['http://127.0.0.1:*']],
		['no address at all', ['localhost'], []]
	])('with %s saved: the built list without the rest', (_, gateways, loopback) => {
		expect(narrowSources(policy, gateways)).toEqual([...service, ...loopback]);
	});

	it('keeps the origins that whoever built the page has allowed', () => {
		const wider = policy.replace('; base-uri', ' https://a.example; base-uri');
		expect(narrowSources(wider)).toEqual([...service, 'https://a.example']);
	});

	it('is not touched where nothing is stated, and is nothing where nothing is left', () => {
		expect(narrowSources('')).toBeUndefined();
		expect(narrowSources("default-src 'none'; connect-src-elem a")).toBeUndefined();
		expect(narrowSources('connect-src http://localhost:*')).toEqual(["'none'"]);
	});

	it('is stated in the head of the document, and only there where a policy is', () => {
		for (const [content, stated] of [
			[policy, [`Content-Security-Policy connect-src ${service.join(' ')}`]],
			[null, []]
		] as const) {
			const added: string[] = [];
			const meta = { httpEquiv: '', content: '', remove: () => undefined };
			const page = {
				querySelector: () => content && { getAttribute: () => content },
				createElement: () => meta,
				head: { append: () => added.push(`${meta.httpEquiv} ${meta.content}`) }
			};
			narrowPolicy(page as unknown as Document);
			expect(added).toEqual(stated);
		}
	});

	it('is told as it is in force, with the ports that a saved gateway keeps open', () => {
		const page = {
			querySelector: () => ({ getAttribute: () => policy }),
			createElement: () => ({ remove: () => undefined }),
			head: { append: () => undefined }
		} as unknown as Document;
		narrowPolicy(page, ['http://localhost:4000/v1']);
		expect(sourcesInForce(page)).toEqual([...service, 'http://localhost:*']);
		narrowPolicy(page);
		expect(sourcesInForce(page)).toEqual(service);
	});
});
