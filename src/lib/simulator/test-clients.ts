import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import OpenAI from 'openai';
import type { RunningServer } from './server.ts';
import { startServer } from './server.ts';
import { LONG_TERM_KEY } from './test-kit.ts';

/** A simulator on a port of its own, and the clients of other people that talk to it, which never ask twice. */
export interface Served {
	server: RunningServer;
	bedrock: BedrockRuntimeClient;
	openai: OpenAI;
}

/** Starts a simulator that answers without waiting. Close `server` afterwards. */
export async function serveClients(): Promise<Served> {
	const server = await startServer({ speed: 0 });
	const bedrock = new BedrockRuntimeClient({
		region: 'us-west-2',
		endpoint: server.url,
		token: { token: LONG_TERM_KEY },
		authSchemePreference: ['httpBearerAuth'],
		requestHandler: new NodeHttpHandler(),
		maxAttempts: 1
	});
	const openai = new OpenAI({
		...{ baseURL: `${server.url}/openai/v1`, apiKey: LONG_TERM_KEY, maxRetries: 0 }
	});
	return { server, bedrock, openai };
}

/** The body that the AWS SDK sends for a request, as JSON. Nothing goes out. */
export async function encodeConverse(input: ConverseCommandInput): Promise<unknown> {
	let body: unknown;
	const client = new BedrockRuntimeClient({
		region: 'us-west-2',
		token: { token: LONG_TERM_KEY },
		authSchemePreference: ['httpBearerAuth'],
		maxAttempts: 1
	});
	client.middlewareStack.add(
		() => (args) => {
			body = (args.request as { body?: unknown }).body;
			return Promise.resolve({ response: {}, output: { $metadata: {} } } as never);
		},
		{ step: 'finalizeRequest', priority: 'low' }
	);
	await client.send(new ConverseCommand(input));
	return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array));
}
