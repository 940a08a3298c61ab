import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-static';

/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

/** @type {{ runtime: string[]; mantle: string[] }} */
const regions = readJson('src/lib/catalog/regions.json');

// Every host the page may ever talk to, by name. A wildcard such as *.amazonaws.com would allow any S3 bucket.
const bedrockHosts = [
	...regions.runtime.map((region) => `https://bedrock-runtime.${region}.amazonaws.com`),
	...regions.mantle.map((region) => `https://bedrock-mantle.${region}.api.aws`),
	...regions.runtime.map((region) => `https://bedrock.${region}.amazonaws.com`)
];

// Further origins, such as a gateway's, that whoever builds the page allows: CONNECT_SRC="https://a.example https://b.example"
const extraOrigins = (process.env.CONNECT_SRC ?? '').split(/\s+/).filter(Boolean);

/** @type {import('@sveltejs/kit').Config} */
const config = {
	compilerOptions: { runes: true },
	kit: {
		// One prerendered index.html, no fallback page.
		adapter: adapter({ pages: 'build', assets: 'build', strict: true }),
		// Relative asset addresses: the same build runs at /, in a subfolder and on any static host.
		paths: { relative: true },
		// A fixed name makes two builds of the same tree byte-identical (default: Date.now()).
		version: { name: readJson('package.json').version, pollInterval: 0 },
		// The styles of the first screen, about 35 kB, stand in the page: nothing waits for a file of them, and the browser draws
		// while it still reads the page, in place of all at once when the file is there.
		inlineStyleThreshold: 50_000,
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				'style-src': ['self'],
				// The one inline style attribute is that of SvelteKit's route announcer.
				'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'img-src': ['self', 'data:'],
				'font-src': ['self'],
				'connect-src': [
					'self',
					.../** @type {`https://${string}.com`[]} */ (bedrockHosts),
					'http://localhost:*',
					'http://127.0.0.1:*',
					.../** @type {`https://${string}.com`[]} */ (extraOrigins)
				],
				'worker-src': ['self'],
				'manifest-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['none'],
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'sveltekit-trusted-url']
			}
		}
	}
};

export default config;
