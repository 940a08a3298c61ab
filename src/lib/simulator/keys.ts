import type { Call } from './call.ts';
import { endpointOf } from './call.ts';
import { refuseAsOpenAi, refuseNatively } from './wire/errors.ts';
import type { Reply } from './wire/reply.ts';
import { newJsonReply } from './wire/reply.ts';

const SHORT_TERM = 'bedrock-api-key-';
const LONG_TERM = /^ABSK[A-Za-z0-9+/]{16,}={0,2}$/;

type Verdict = 'good' | 'missing' | 'garbage' | 'expired' | 'wrong-region';

/** What the service says to a request without a good key, or undefined where the key is good. */
export function refuseKey(call: Call): Reply | undefined {
	const endpoint = endpointOf(call);
	if (endpoint === 'gateway') return refuseOnGateway(call);
	const verdict = judgeKey(call);
	if (verdict === 'good') return undefined;
	return endpoint === 'mantle' ? refuseOnMantle(verdict) : refuseOnRuntime(verdict);
}

// A gateway has a key of its own: its default, or any that begins with `gw-`. Health needs none.
function refuseOnGateway({ headers, path }: Call): Reply | undefined {
	if (path === '/health') return undefined;
	const header = headers.get('authorization');
	if (header === null) return newJsonReply(403, { detail: 'Not authenticated' });
	return /^Bearer (?:bedrock|gw-\S+)$/i.test(header.trim())
		? undefined
		: newJsonReply(401, { detail: 'Invalid API Key' });
}

function judgeKey({ headers, region, now }: Call): Verdict {
	const header = headers.get('authorization');
	if (header === null) return 'missing';
	const key = /^Bearer (.+)$/i.exec(header.trim())?.[1] ?? '';
	if (LONG_TERM.test(key)) return 'good';
	const url = readShortTermKey(key);
	if (url?.searchParams.get('Action') !== 'CallWithBearerToken') return 'garbage';
	const issued = readAmzDate(url.searchParams.get('X-Amz-Date') ?? '');
	const lifetime = Number(url.searchParams.get('X-Amz-Expires') ?? NaN);
	const scope = url.searchParams.get('X-Amz-Credential')?.split('/')[2];
	if (Number.isNaN(issued + lifetime) || scope === undefined) return 'garbage';
	if (now >= issued + lifetime * 1000) return 'expired';
	return region === '' || region === scope ? 'good' : 'wrong-region';
}

function readShortTermKey(key: string): URL | undefined {
	if (!key.startsWith(SHORT_TERM)) return undefined;
	const base64 = key.slice(SHORT_TERM.length);
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.replace(/=+$/, '').length % 4 === 1) {
		return undefined;
	}
	const address = `https://${atob(base64)}`;
	return URL.canParse(address) ? new URL(address) : undefined;
}

function readAmzDate(text: string): number {
	const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
	if (parts === null) return NaN;
	const [, year, month, day, hour, minute, second] = parts;
	return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function refuseOnRuntime(verdict: Exclude<Verdict, 'good'>): Reply {
	switch (verdict) {
		case 'missing':
			return refuseNatively({
				status: 403,
				exception: 'MissingAuthenticationTokenException',
				message: 'Missing Authentication Token'
			});
		case 'garbage':
			return refuseInCapitals('Authentication failed: Please make sure your API Key is valid.');
		case 'expired':
			return refuseInCapitals('Bearer Token has expired');
		case 'wrong-region':
			return refuseInCapitals('Credential should be scoped to a valid region');
	}
}

function refuseInCapitals(Message: string): Reply {
	return newJsonReply(403, { Message });
}

function refuseOnMantle(verdict: Exclude<Verdict, 'good'>): Reply {
	const message =
		verdict === 'wrong-region'
			? 'Credential should be scoped to a valid region'
			: 'Invalid API key';
	return refuseAsOpenAi({ status: verdict === 'wrong-region' ? 403 : 401, exception: '', message });
}
