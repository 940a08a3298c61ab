import { readFileSync } from 'node:fs';
import {
	BedrockClient,
	CreateInferenceProfileCommand,
	DeleteInferenceProfileCommand,
	GetInferenceProfileCommand,
	ListFoundationModelsCommand,
	ListInferenceProfilesCommand,
	ListTagsForResourceCommand
} from '@aws-sdk/client-bedrock';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpRequest } from '../model/request.ts';
import type { RunningServer, SeenRequest } from '../simulator/server.ts';
import { startServer } from '../simulator/server.ts';
import { LONG_TERM_KEY } from '../simulator/test-kit.ts';
import { controlPlane } from './control-plane.ts';
import { controlOrigin } from './targets.ts';

const base = controlOrigin('us-west-2');
const copyFrom = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0';
const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';
const tags = [{ key: 'team', value: 'a b' }];

let server: RunningServer;
let bedrock: BedrockClient;
const seen: SeenRequest[] = [];

beforeAll(async () => {
	server = await startServer({ speed: 0, onrequest: (request) => seen.push(request) });
	bedrock = new BedrockClient({
		region: 'us-west-2',
		endpoint: server.url,
		token: { token: LONG_TERM_KEY },
		authSchemePreference: ['httpBearerAuth'],
		requestHandler: new NodeHttpHandler(),
		maxAttempts: 1
	});
});

afterAll(() => server.close());

/** What of a request the service acts on. The SDK makes up a token against creating twice, which nobody has to send. */
function meaningOf({
	method,
	url,
	body = ''
}: Pick<SeenRequest, 'method' | 'url'> & { body?: string }) {
	const { pathname, searchParams } = new URL(url);
	const value = body === '' ? {} : (JSON.parse(body) as Record<string, unknown>);
	const { clientRequestToken: _, ...sent } = value;
	return {
		method,
		path: pathname,
		query: Object.fromEntries([...searchParams].sort()),
		body: sent
	};
}

describe('a request of the control plane', () => {
	it.each<[string, HttpRequest, () => Promise<unknown>]>([
		[
			'for the models',
			controlPlane.listModels(base),
			() => bedrock.send(new ListFoundationModelsCommand({}))
		],
		[
			'for the system profiles',
			controlPlane.listProfiles(base, 'SYSTEM_DEFINED'),
			() =>
				bedrock.send(
					new ListInferenceProfilesCommand({ typeEquals: 'SYSTEM_DEFINED', maxResults: 1000 })
				)
		],
		[
			'for the next page',
			controlPlane.listProfiles(base, 'APPLICATION', 'YWZ0ZXIgMQ=='),
			() =>
				bedrock.send(
					new ListInferenceProfilesCommand({
						...{ typeEquals: 'APPLICATION', maxResults: 1000, nextToken: 'YWZ0ZXIgMQ==' }
					})
				)
		],
		[
			'for a profile by its ARN',
			controlPlane.getProfile(base, arn),
			() => bedrock.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: arn }))
		],
		[
			'for the tags of a profile',
			controlPlane.listTags(base, arn),
			() => bedrock.send(new ListTagsForResourceCommand({ resourceARN: arn }))
		],
		[
			'for a new profile',
			controlPlane.createProfile(base, { name: 'mine', description: 'Costs', copyFrom, tags }),
			() =>
				bedrock.send(
					new CreateInferenceProfileCommand({
						inferenceProfileName: 'mine',
						description: 'Costs',
						modelSource: { copyFrom },
						tags
					})
				)
		],
		[
			'for a new profile without description and tags',
			controlPlane.createProfile(base, { name: 'mine', copyFrom, tags: [] }),
			() =>
				bedrock.send(
					new CreateInferenceProfileCommand({
						...{ inferenceProfileName: 'mine', modelSource: { copyFrom } }
					})
				)
		],
		[
			'to delete a profile',
			controlPlane.deleteProfile(base, arn),
			() => bedrock.send(new DeleteInferenceProfileCommand({ inferenceProfileIdentifier: arn }))
		]
	])('%s is the one that the AWS SDK sends', async (_, request, send) => {
		seen.length = 0;
		await send();
		expect(seen.map(meaningOf)).toEqual([meaningOf(request)]);
	});

	it.each<[string, HttpRequest]>([
		['profiles-list', controlPlane.listProfiles(base, 'SYSTEM_DEFINED')],
		['profiles-get', controlPlane.getProfile(base, 'abc123')],
		[
			'profiles-create',
			controlPlane.createProfile(base, {
				name: 'my-claude-profile',
				description: 'Custom Claude profile for cost tracking',
				copyFrom:
					'arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-3-5-sonnet-20241022-v2:0',
				tags: [{ key: 'Environment', value: 'Development' }]
			})
		]
	])('is that of the example %s', (id, { body, ...request }) => {
		const file = new URL('../../../tests/fixtures/requests.json', import.meta.url);
		const { examples } = JSON.parse(readFileSync(file, 'utf8')) as {
			examples: { id: string; request: HttpRequest }[];
		};
		const value = body === undefined ? {} : { body: JSON.parse(body) as unknown };
		expect({ ...request, ...value }).toEqual(examples.find((one) => one.id === id)?.request);
	});
});
