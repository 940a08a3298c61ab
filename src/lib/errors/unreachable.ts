import type { Unreachable } from '../model/exchange.ts';
import type { Explanation, Fix, Sent, UnreachableCause } from './explanation.ts';
import { isGateway } from './gateway.ts';
import { changeRegion, command, primary } from './fixes.ts';

/** Why there was no answer, and what would mend it. */
export function explainUnreachable(cause: Unreachable, sent: Sent): Explanation {
	const { host, hostname } = new URL(sent.url);
	const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
	const code = isLoopback && (cause === 'no-answer' || cause === 'withheld') ? 'loopback' : cause;
	return { code, values: { host }, fixes: fixesFor(code, sent) };
}

function fixesFor(code: UnreachableCause, { draft, url }: Sent): readonly Fix[] {
	const retry = command('retry');
	const copyCurl = command('copy-curl');
	const testConnection = command('test-connection');
	const key = command(isGateway(url) ? 'gateway' : 'replace-key');
	// A gateway has no Region, and no relay passes on to it.
	const isBedrock = /^https:\/\/bedrock-(runtime|mantle)[.-]/.test(url);
	const regions = isBedrock ? [changeRegion(draft)] : [];
	const relay = isBedrock ? [command('use-relay')] : [];
	switch (code) {
		case 'offline':
		case 'loopback':
			return [primary(retry)];
		case 'withheld':
			return [primary(copyCurl), ...relay, testConnection, key, retry];
		case 'redirect':
			return [primary(copyCurl), retry];
		case 'policy':
			return [primary(copyCurl), ...(isGateway(url) ? [key] : [])];
		case 'closed':
			// None is filled: what was sent may be billed, and would be twice.
			return [retry, copyCurl, testConnection];
		case 'no-answer':
			return [primary(testConnection), ...relay, copyCurl, ...regions, retry];
		case 'relay':
			// Not filled: what was sent may have arrived.
			return [retry, command('leave-relay'), copyCurl];
	}
}
