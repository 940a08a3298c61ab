import type { Call, Place } from './call.ts';
import { endpointOf } from './call.ts';
import { answerChat } from './chat-completions/answer.ts';
import { answerConverse } from './converse/answer.ts';
import { answerResponses } from './responses/answer.ts';
import { newJsonReply } from './wire/reply.ts';
import { refuseUnknownOperation, refuseUnknownPath } from './wire/errors.ts';
import { answerModel, answerModels } from './models/list.ts';
import type { Reply } from './wire/reply.ts';

interface Route {
	method: 'GET' | 'POST' | 'DELETE';
	path: RegExp;
	/** Which endpoint has it; a loopback host has them all. */
	on: readonly Place[];
	answer(call: Call, name: string): Reply | Promise<Reply>;
}

// What few visits ask for is loaded when it is asked for.
const loadRetrieve = () => import('./responses/retrieve.ts');
const loadControl = () => import('./control/answer.ts');
const loadGateway = () => import('./gateway/answer.ts');

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
	{ method: 'GET', path: /^\/v1\/models\/([^/]+)$/, on: ['mantle'], answer: answerModel },
	...newControlRoutes(),
	...newGatewayRoutes()
];

/** Answers a call, whatever it is. Throws a `TypeError` where no answer would arrive. */
export async function answerCall(call: Call): Promise<Reply> {
	for (const { method, path, on, answer } of routes) {
		if (method !== call.method || (call.place !== 'loopback' && !on.includes(call.place))) continue;
		const name = path.exec(call.path);
		if (name === null) continue;
		return answer(call, decodeSegment(name[1] ?? ''));
	}
	const endpoint = endpointOf(call);
	if (endpoint === 'gateway') return newJsonReply(404, { detail: 'Not Found' });
	return endpoint === 'runtime' ? refuseUnknownOperation() : refuseUnknownPath(call.path);
}

/** The endpoint and region of a host name, or undefined where it is not one of Bedrock's. */
export function readHost(
	host: string,
	gateway?: string
): { place: Place; region: string } | undefined {
	if (host === gateway) return { place: 'gateway', region: '' };
	if (/^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(host)) return { place: 'loopback', region: '' };
	const runtime = /^bedrock-runtime\.([a-z0-9-]+)\.amazonaws\.com$/.exec(host)?.[1];
	if (runtime !== undefined) return { place: 'runtime', region: runtime };
	const control = /^bedrock\.([a-z0-9-]+)\.amazonaws\.com$/.exec(host)?.[1];
	if (control !== undefined) return { place: 'control', region: control };
	const mantle = /^bedrock-mantle\.([a-z0-9-]+)\.api\.aws$/.exec(host)?.[1];
	return mantle === undefined ? undefined : { place: 'mantle', region: mantle };
}

function newControlRoutes(): Route[] {
	const models = /^\/foundation-models$/;
	const model = /^\/foundation-models\/([^/]+)$/;
	const profiles = /^\/inference-profiles$/;
	const profile = /^\/inference-profiles\/([^/]+)$/;
	const tags = /^\/(listTagsForResource|tagResource|untagResource)$/;
	type Answer = (control: Awaited<ReturnType<typeof loadControl>>) => Route['answer'];
	const rows: readonly [Route['method'], RegExp, Answer][] = [
		['GET', models, (control) => control.listModels],
		['GET', model, (control) => control.getModel],
		['GET', profiles, (control) => control.listProfiles],
		['POST', profiles, (control) => control.createProfile],
		['GET', profile, (control) => control.getProfile],
		['DELETE', profile, (control) => control.deleteProfile],
		['POST', tags, (control) => control.answerTags]
	];
	return rows.map(([method, path, choose]) => ({
		method,
		path,
		on: ['control'],
		answer: async (call, name) => choose(await loadControl())(call, name)
	}));
}

function newGatewayRoutes(): Route[] {
	type Answer = (gateway: Awaited<ReturnType<typeof loadGateway>>) => Route['answer'];
	const rows: readonly [Route['method'], RegExp, Answer][] = [
		['POST', /^\/api\/v1\/chat\/completions$/, (gateway) => gateway.answerGatewayChat],
		['POST', /^\/api\/v1\/embeddings$/, (gateway) => gateway.answerEmbeddings],
		['GET', /^\/api\/v1\/models$/, (gateway) => gateway.listGatewayModels],
		['GET', /^\/api\/v1\/models\/([^/]+)$/, (gateway) => gateway.getGatewayModel],
		['GET', /^\/health$/, (gateway) => gateway.answerHealth]
	];
	return rows.map(([method, path, choose]) => ({
		method,
		path,
		on: ['gateway'],
		answer: async (call, name) => choose(await loadGateway())(call, name)
	}));
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
