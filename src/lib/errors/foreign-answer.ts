import type { ServiceError } from '../model/event.ts';
import { isJsonObject } from '../model/json.ts';
import type { Explain, Fix } from './explanation.ts';
import { command, primary } from './fixes.ts';

/** A page that is not the service's: of a proxy, a firewall, a log-in or a load balancer. Its status says nothing of the key. */
export const foreignAnswer: Explain = ({ error }) =>
	error.status === 407 || isForeign(error)
		? { code: 'foreign-answer', fixes: foreignFixes(error.status) }
		: undefined;

/** What can be done about a foreign page: overload passes, a log-in or a block does not. */
export function foreignFixes(status: number): readonly Fix[] {
	const passes = status === 429 || status >= 500;
	return [
		...(passes ? [primary(command('retry'))] : []),
		passes ? command('copy-curl') : primary(command('copy-curl')),
		command('test-connection'),
		...(passes ? [] : [command('retry')])
	];
}

// One of these stands at the top of every error of Bedrock, of the OpenAI APIs and of a gateway of ours.
const fields = new Set(
	'message Message originalMessage error errors detail details __type Output code'.split(' ')
);
const vendors =
	/zscaler|netskope|fortiguard|fortinet|forcepoint|blue ?coat|cloudflare_error|captive portal|web filter|proxy authentication required/i;

function isForeign({ code, raw }: ServiceError): boolean {
	if (/^\s*(<!doctype|<\?xml|<html|<head|<body|<title|<center|<h1)\b/i.test(raw)) return true;
	if (vendors.test(raw)) return true;
	let value: unknown;
	try {
		value = JSON.parse(raw);
	} catch {
		// Words that are no JSON: a load balancer's or a gateway's, and they are judged as words.
		return false;
	}
	if (code !== undefined || !isJsonObject(value)) return false;
	const keys = Object.keys(value);
	return keys.length > 0 && !keys.some((key) => fields.has(key));
}
