import { isBedrockHost } from './request.ts';

/** What a typed address of a gateway is; only a good one has a base. */
export type GatewayAddress = { base: string } | { problem: AddressProblem };

export type AddressProblem =
	| 'empty'
	| 'not-an-address'
	/** Neither https nor this computer: whoever is in between could read the key. */
	| 'not-secure'
	/** A user name, a query or a fragment, which would be sent with every request. */
	| 'too-much'
	/** One of Bedrock's own hosts, which take a Bedrock key. */
	| 'bedrock';

// Addresses of single operations, as people copy them.
const operation = /\/(chat\/completions|completions|embeddings|models|responses)$/;

/**
 * Reads the base address of a gateway as people type or copy it: without a scheme, with a final slash, with the path of
 * an operation. It must be https, or http on this computer itself.
 */
export function readGatewayAddress(typed: string): GatewayAddress {
	const text = typed.trim();
	if (text === '') return { problem: 'empty' };
	const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : withScheme(text);
	if (/\s/.test(whole) || !URL.canParse(whole)) return { problem: 'not-an-address' };
	const { protocol, hostname, username, password, search, hash, origin, pathname } = new URL(whole);
	if (!/^https?:$/.test(protocol)) return { problem: 'not-an-address' };
	if ([username, password, search, hash].some((part) => part !== '')) {
		return { problem: 'too-much' };
	}
	if (isBedrockHost(hostname)) return { problem: 'bedrock' };
	if (protocol === 'http:' && !isLoopback(hostname)) return { problem: 'not-secure' };
	const path = pathname.replace(/\/+$/, '').replace(operation, '');
	return { base: origin + path };
}

/** Whether a host name is this computer's own. */
export function isLoopback(hostname: string): boolean {
	return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

function withScheme(text: string): string {
	const [host = ''] = text.split(/[/?#]/, 1);
	return `${isLoopback(host.replace(/:\d+$/, '')) ? 'http' : 'https'}://${text}`;
}
