import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
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
