import type { Fetch, SimulatorOptions } from './simulator.ts';
import { newSimulator } from './simulator.ts';

/** The hosts that the tests ask. */
export const RUNTIME = 'https://bedrock-runtime.us-west-2.amazonaws.com';
export const MANTLE = 'https://bedrock-mantle.us-east-1.api.aws';

/** A Converse address on the runtime. */
export const CONVERSE = `${RUNTIME}/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse`;

/** The addresses of the two OpenAI APIs on mantle. */
export const CHAT = `${MANTLE}/v1/chat/completions`;
export const RESPONSES = `${MANTLE}/v1/responses`;

/** A model that both of them have. */
export const OSS = 'openai.gpt-oss-120b';

/** A key that every region takes. */
export const LONG_TERM_KEY = `ABSK${'QmVkcm9ja0FQSUtleS1kZW1v'.repeat(4)}`;

/** A simulator that neither waits nor asks for a key. */
export function newFetch(options: SimulatorOptions = {}): Fetch {
	return newSimulator({ speed: 0, requireKey: false, ...options });
}

/** The body of a response as JSON. */
export async function readJson(response: Response | Promise<Response>): Promise<unknown> {
	return (await response).json();
}

/** Sends a JSON body. */
export function post(
	fetch: Fetch,
	url: string,
	body: unknown,
	init: RequestInit = {}
): Promise<Response> {
	return fetch(url, {
		method: 'POST',
		body: typeof body === 'string' ? body : JSON.stringify(body),
		...init
	});
}

/** The body of a Converse request with one text. */
export function converseBody(text: string, rest: object = {}): object {
	return { messages: [{ role: 'user', content: [{ text }] }], ...rest };
}

/** The body of a Chat request with one text. */
export function chatBody(model: string, text: string, rest: object = {}): object {
	return { model, messages: [{ role: 'user', content: text }], ...rest };
}

/** The chunks of a body as they come, and the error that ended it, if one did. */
export async function readChunks(
	response: Response
): Promise<{ chunks: Uint8Array[]; error: unknown }> {
	const chunks: Uint8Array[] = [];
	const reader = response.body?.getReader();
	try {
		for (;;) {
			const part = await reader?.read();
			if (part === undefined || part.done) return { chunks, error: undefined };
			chunks.push(part.value);
		}
	} catch (error) {
		return { chunks, error };
	}
}
