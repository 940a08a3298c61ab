import type { Call, Place } from './call.ts';
import { answerChat } from './chat-completions/answer.ts';
import { answerConverse } from './converse/answer.ts';
import { refuseUnknownOperation, refuseUnknownPath } from './wire/errors.ts';
import { answerModel, answerModels } from './models/list.ts';
import type { Reply } from './wire/reply.ts';
import { answerResponses } from './responses/answer.ts';

interface Route {
	method: 'GET' | 'POST' | 'DELETE';
	path: RegExp;
	/** Which endpoint has it; a loopback host has them all. */
	on: readonly Place[];
	answer(call: Call, name: string): Reply | Promise<Reply>;
}

// What the first Send of the page does not need is loaded when it is asked for.
const loadRetrieve = () => import('./responses/retrieve.ts');

const ANY_PREFIX = String.raw`^(?:/openai)?/v1`;

const routes: readonly Route[] = [
	{
		method: 'POST',
		path: /^\/model\/([^/]+)\/converse$/,
		on: ['runtime'],
		answer: (call, model) => answerConverse(call, model, false)
	},
	{
		method: 'POST',
		path: /^\/model\/([^/]+)\/converse-stream$/,
		on: ['runtime'],
		answer: (call, model) => answerConverse(call, model, true)
	},
	...(['runtime', 'mantle'] as const).flatMap(newOpenAiRoutes),
	{ method: 'GET', path: /^\/v1\/models$/, on: ['mantle'], answer: answerModels },
	{ method: 'GET', path: /^\/v1\/models\/([^/]+)$/, on: ['mantle'], answer: answerModel }
];

/** Answers a call, whatever it is. Throws a `TypeError` where no answer would arrive. */
export async function answerCall(call: Call): Promise<Reply> {
	for (const { method, path, on, answer } of routes) {
		if (method !== call.method || (call.place !== 'loopback' && !on.includes(call.place))) continue;
		const name = path.exec(call.path);
		if (name === null) continue;
		return answer(call, decodeSegment(name[1] ?? ''));
	}
	const native = call.place === 'runtime' || call.path.startsWith('/model/');
	return native ? refuseUnknownOperation() : refuseUnknownPath(call.path);
}

/** The endpoint and region of a host name, or undefined where it is not one of Bedrock's. */
export function readHost(host: string): { place: Place; region: string } | undefined {
	if (/^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(host)) return { place: 'loopback', region: '' };
	const runtime = /^bedrock-runtime\.([a-z0-9-]+)\.amazonaws\.com$/.exec(host)?.[1];
	if (runtime !== undefined) return { place: 'runtime', region: runtime };
	const mantle = /^bedrock-mantle\.([a-z0-9-]+)\.api\.aws$/.exec(host)?.[1];
	return mantle === undefined ? undefined : { place: 'mantle', region: mantle };
}

function newOpenAiRoutes(place: 'runtime' | 'mantle'): Route[] {
	const prefix = place === 'runtime' ? '^/openai/v1' : ANY_PREFIX;
	const stored = `${prefix}/responses/([^/]+)`;
	return [
		{
			method: 'POST',
			path: new RegExp(`${prefix}/chat/completions$`),
			on: [place],
			answer: answerChat
		},
		{
			method: 'POST',
			path: new RegExp(`${prefix}/responses$`),
			on: [place],
			answer: answerResponses
		},
		{
			method: 'GET',
			path: new RegExp(`${stored}$`),
			on: [place],
			answer: async (call, id) => (await loadRetrieve()).retrieve(call, id)
		},
		{
			method: 'DELETE',
			path: new RegExp(`${stored}$`),
			on: [place],
			answer: async (call, id) => (await loadRetrieve()).remove(call, id)
		},
		{
			method: 'POST',
			path: new RegExp(`${stored}/cancel$`),
			on: [place],
			answer: async (call, id) => (await loadRetrieve()).cancel(call, id)
		},
		{
			method: 'GET',
			path: new RegExp(`${stored}/input_items$`),
			on: [place],
			answer: async (call, id) => (await loadRetrieve()).listInputItems(call, id)
		}
	];
}

function decodeSegment(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch (error) {
		if (error instanceof URIError) return segment;
		throw error;
	}
}
