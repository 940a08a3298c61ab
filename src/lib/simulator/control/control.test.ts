import {
	BedrockClient,
	CreateInferenceProfileCommand,
	DeleteInferenceProfileCommand,
	GetFoundationModelCommand,
	GetInferenceProfileCommand,
	ListFoundationModelsCommand,
	ListTagsForResourceCommand,
	paginateListInferenceProfiles,
	TagResourceCommand,
	UntagResourceCommand
} from '@aws-sdk/client-bedrock';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../server.ts';
import { startServer } from '../server.ts';
import { newSimulator } from '../simulator.ts';
import { converseBody, LONG_TERM_KEY, post } from '../test-kit.ts';

let server: RunningServer;
let bedrock: BedrockClient;

beforeAll(async () => {
	server = await startServer({ speed: 0 });
	bedrock = new BedrockClient({
		region: 'us-east-1',
		endpoint: server.url,
		token: { token: LONG_TERM_KEY },
		authSchemePreference: ['httpBearerAuth'],
		requestHandler: new NodeHttpHandler(),
		maxAttempts: 1
	});
});

afterAll(() => server.close());

const copyFrom = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0';

async function listProfiles(pageSize: number, typeEquals?: 'SYSTEM_DEFINED' | 'APPLICATION') {
	const pages = [];
	const pager = paginateListInferenceProfiles(
		{ client: bedrock, pageSize },
		typeEquals === undefined ? {} : { typeEquals }
	);
	for await (const page of pager) pages.push(page.inferenceProfileSummaries ?? []);
	return pages;
}

describe('the control plane, as the AWS SDK reads it,', () => {
	it('lists models by their filters, and gives one', async () => {
		const list = async (filter: object) =>
			(await bedrock.send(new ListFoundationModelsCommand(filter))).modelSummaries ?? [];
		const all = await list({});
		const [anthropic, embeddings, onDemand] = await Promise.all([
			list({ byProvider: 'anthropic' }),
			list({ byOutputModality: 'EMBEDDING' }),
			list({ byInferenceType: 'ON_DEMAND' })
		]);
		expect(all.length).toBeGreaterThan(20);
		expect(new Set(anthropic.map(({ providerName }) => providerName))).toEqual(
			new Set(['Anthropic'])
		);
		expect(embeddings.every(({ modelId }) => /embed/.test(modelId ?? ''))).toBe(true);
		expect(onDemand.length).toBeLessThan(all.length);
		const modelIdentifier = 'amazon.nova-pro-v1:0';
		const { modelDetails } = await bedrock.send(new GetFoundationModelCommand({ modelIdentifier }));
		expect(modelDetails).toMatchObject({ modelArn: copyFrom, modelName: 'Nova Pro' });
		await expect(
			bedrock.send(new GetFoundationModelCommand({ modelIdentifier: 'nobody.x' }))
		).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
	});

	it('lists profiles in pages and by type', async () => {
		const pages = await listProfiles(5);
		expect(pages.length).toBeGreaterThan(2);
		expect(pages.slice(0, -1).every((page) => page.length === 5)).toBe(true);
		const ids = pages.flat().map(({ inferenceProfileId }) => inferenceProfileId);
		expect(new Set(ids).size).toBe(ids.length);
		const system = (await listProfiles(1000, 'SYSTEM_DEFINED')).flat();
		const application = (await listProfiles(1000, 'APPLICATION')).flat();
		expect(system.length + application.length).toBe(ids.length);
		expect(
			system.every(({ inferenceProfileId }) => /^(us|global)\./.test(inferenceProfileId ?? ''))
		).toBe(true);
		expect(application.map(({ inferenceProfileId }) => inferenceProfileId)).toEqual(['abc123']);
	});

	it('creates a profile with tags, gives, tags and deletes it', async () => {
		const { inferenceProfileArn: arn = '', status } = await bedrock.send(
			new CreateInferenceProfileCommand({
				inferenceProfileName: 'my profile',
				description: 'Costs',
				modelSource: { copyFrom },
				tags: [{ key: 'team', value: 'a' }]
			})
		);
		expect(status).toBe('ACTIVE');
		const get = () =>
			bedrock.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: arn }));
		expect(await get()).toMatchObject({
			inferenceProfileName: 'my profile',
			description: 'Costs',
			type: 'APPLICATION',
			models: [{ modelArn: copyFrom }],
			createdAt: expect.any(Date)
		});
		const tags = async () =>
			(await bedrock.send(new ListTagsForResourceCommand({ resourceARN: arn }))).tags;
		await bedrock.send(
			new TagResourceCommand({ resourceARN: arn, tags: [{ key: 'stage', value: 'b' }] })
		);
		expect(await tags()).toEqual([
			{ key: 'team', value: 'a' },
			{ key: 'stage', value: 'b' }
		]);
		await bedrock.send(new UntagResourceCommand({ resourceARN: arn, tagKeys: ['team'] }));
		expect(await tags()).toEqual([{ key: 'stage', value: 'b' }]);
		await bedrock.send(new DeleteInferenceProfileCommand({ inferenceProfileIdentifier: arn }));
		await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
	});

	it.each([
		['a name with other signs', { inferenceProfileName: '?', modelSource: { copyFrom } }],
		[
			'a model of another Region',
			{ inferenceProfileName: 'x', modelSource: { copyFrom: copyFrom.replace('east', 'west') } }
		],
		[
			'a model that is none',
			{ inferenceProfileName: 'x', modelSource: { copyFrom: `${copyFrom}x` } }
		]
	])('refuses a profile of %s', async (_, input) => {
		await expect(bedrock.send(new CreateInferenceProfileCommand(input))).rejects.toMatchObject({
			name: 'ValidationException',
			$metadata: { httpStatusCode: 400 }
		});
	});
});

describe('a profile', () => {
	it('answers on Converse by its ARN, in its Region, until it is deleted', async () => {
		const fetch = newSimulator({ speed: 0, requireKey: false });
		const control = 'https://bedrock.eu-west-1.amazonaws.com';
		const source = { copyFrom: copyFrom.replace('us-east-1', 'eu-west-1') };
		const created = await post(fetch, `${control}/inference-profiles`, {
			inferenceProfileName: 'mine',
			modelSource: source
		});
		expect(created.status).toBe(201);
		const { inferenceProfileArn: arn } = (await created.json()) as { inferenceProfileArn: string };
		expect(arn.split(':')[3]).toBe('eu-west-1');
		const converse = async (region: string) =>
			(
				await post(
					fetch,
					`https://bedrock-runtime.${region}.amazonaws.com/model/${encodeURIComponent(arn)}/converse`,
					converseBody('Hello')
				)
			).status;
		expect([await converse('eu-west-1'), await converse('us-west-2')]).toEqual([200, 400]);
		const path = `${control}/inference-profiles/${encodeURIComponent(arn)}`;
		expect((await fetch(path, { method: 'DELETE' })).status).toBe(200);
		expect(await converse('eu-west-1')).toBe(400);
	});
});
