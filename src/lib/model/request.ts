import { stringifyJson } from './json-text.ts';
import type { Json } from './json.ts';

/** Bedrock's own endpoints. */
export type EndpointKind = 'runtime' | 'mantle';

/** Every kind of endpoint there is; a gateway's address belongs to its key. */
export const endpoints = ['runtime', 'mantle', 'gateway'] as const;

/** Where a request goes: a kind of endpoint and the address that an API's path is appended to, without a final slash. */
export interface Target {
	endpoint: (typeof endpoints)[number];
	/** `https://bedrock-runtime.us-west-2.amazonaws.com` for Converse, `…/openai/v1` or `…/v1` for the OpenAI APIs. */
	base: string;
}

/** One HTTP request as data. It never holds a key: that is added where it is sent. */
export interface HttpRequest {
	method: 'GET' | 'POST' | 'DELETE';
	url: string;
	/** Never Authorization. */
	headers: Readonly<Record<string, string>>;
	/** The text of the body, byte for byte as it is sent. */
	body?: string;
}

/** A request without its body. */
export type RequestHead = Omit<HttpRequest, 'body'>;

/** The one way a body is written: JSON with two spaces, so that what is shown is what is sent; numbers as they came. */
export function stringifyBody(value: Json): string {
	return stringifyJson(value, 2);
}

/** The kind of endpoint that a host name belongs to; what is not Bedrock's is a gateway. */
export function endpointOf(host: string): Target['endpoint'] {
	if (/^bedrock-runtime(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|api\.aws)$/.test(host)) {
		return 'runtime';
	}
	return /^bedrock-mantle\.[a-z0-9-]+\.api\.aws$/.test(host) ? 'mantle' : 'gateway';
}

/** Whether a host name is one of Bedrock's: an endpoint's, or the control plane's. */
export function isBedrockHost(host: string): boolean {
	return (
		endpointOf(host) !== 'gateway' || /^bedrock(-fips)?\.[a-z0-9-]+\.amazonaws\.com$/.test(host)
	);
}

/** Value of header `name`, whatever its case. */
export function getHeader(headers: HttpRequest['headers'], name: string): string | undefined {
	const wanted = name.toLowerCase();
	return Object.entries(headers).find(([key]) => key.toLowerCase() === wanted)?.[1];
}
