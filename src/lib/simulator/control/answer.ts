import type { Call } from '../call.ts';
import type { JsonObject } from '../json.ts';
import { objectOf, objectsOf, parseJson, stringOf, stringsOf } from '../json.ts';
import { BASE32 } from '../random.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid, refuseNatively } from '../wire/errors.ts';
import type { Reply } from '../wire/reply.ts';
import { newJsonReply } from '../wire/reply.ts';
import type { FoundationModel } from './models.ts';
import { EMBEDDING_MODELS, modelArn, systemProfiles, TEXT_MODELS, wantsProfile } from './models.ts';
import type { Profile } from './profiles.ts';
import { ACCOUNT, profileArn } from './profiles.ts';

const MAX_RESULTS = 1000;
const LAUNCHED = '2025-01-01T00:00:00Z';

/** Answers `GET /foundation-models`, with its filters. */
export function listModels({ query, ...call }: Call): Reply {
	const wanted = (name: string, values: readonly string[]): boolean => {
		const value = query.get(name);
		return value === null || values.some((one) => one.toLowerCase() === value.toLowerCase());
	};
	const found = [...TEXT_MODELS, ...EMBEDDING_MODELS].filter(
		(model) =>
			wanted('byProvider', [model.provider]) &&
			wanted('byOutputModality', model.output) &&
			wanted('byInferenceType', inferenceTypesOf(model)) &&
			query.get('byCustomizationType') === null
	);
	const region = regionOf(call.region);
	return newJsonReply(200, { modelSummaries: found.map((model) => describeModel(model, region)) });
}

/** Answers `GET /foundation-models/{id}`, by id or ARN. */
export function getModel(call: Call, name: string): Reply {
	const id = name.slice(name.lastIndexOf('/') + 1);
	const model = [...TEXT_MODELS, ...EMBEDDING_MODELS].find((one) => one.id === id);
	return model === undefined
		? refuseNatively(miss(`Could not resolve the foundation model from model identifier: ${id}`))
		: newJsonReply(200, { modelDetails: describeModel(model, regionOf(call.region)) });
}

/** Answers `GET /inference-profiles`, in pages. */
export function listProfiles(call: Call): Reply {
	const { query } = call;
	const limit = Number(query.get('maxResults') ?? MAX_RESULTS);
	const from = readToken(query.get('nextToken'));
	if (!Number.isInteger(limit) || limit < 1 || limit > MAX_RESULTS || from === undefined)
		return refuseNatively(newInvalid('The maxResults or the nextToken of the request is invalid.'));
	const type = query.get('type');
	const all = allProfiles(call).filter((profile) => type === null || profile['type'] === type);
	const end = from + limit;
	return newJsonReply(200, {
		inferenceProfileSummaries: all.slice(from, end),
		...(end < all.length && { nextToken: btoa(`after ${end}`) })
	});
}

/** Answers `GET /inference-profiles/{id}`, by id or ARN. */
export function getProfile(call: Call, name: string): Reply {
	const found = allProfiles(call).find(
		(profile) => profile['inferenceProfileId'] === name || profile['inferenceProfileArn'] === name
	);
	return found === undefined ? refuseNatively(missProfile(name)) : newJsonReply(200, found);
}

/** Answers `POST /inference-profiles`. */
export function createProfile(call: Call): Reply {
	const body = objectOf(parseJson(call.body));
	const region = regionOf(call.region);
	const name = stringOf(body['inferenceProfileName']);
	const copied = stringOf(objectOf(body['modelSource'])['copyFrom']);
	if (!/^[0-9a-zA-Z][0-9a-zA-Z _-]{0,63}$/.test(name))
		return refuseNatively(newInvalid(`Invalid inferenceProfileName: '${name}'`));
	const models = readSource(copied, region);
	if (models === undefined)
		return refuseNatively(newInvalid('The provided model identifier is invalid.'));
	const id = call.random.text(BASE32, 12);
	const { description } = body;
	const profile: Profile = {
		arn: profileArn(id, region),
		id,
		name,
		...(typeof description === 'string' && { description }),
		models,
		tags: readTags(body['tags']),
		createdAt: call.now
	};
	call.profiles.add(profile);
	return newJsonReply(201, { inferenceProfileArn: profile.arn, status: 'ACTIVE' });
}

/** Answers `DELETE /inference-profiles/{id}`; only application profiles can go. */
export function deleteProfile(call: Call, name: string): Reply {
	const profile = call.profiles.find(name, regionOf(call.region));
	if (profile === undefined) return refuseNatively(missProfile(name));
	call.profiles.remove(profile);
	return newJsonReply(200, {});
}

/** Answers `POST /listTagsForResource`, `/tagResource` and `/untagResource`. */
export function answerTags(call: Call, operation: string): Reply {
	const body = objectOf(parseJson(call.body));
	const arn = stringOf(body['resourceARN']);
	const profile = call.profiles.find(arn, regionOf(call.region));
	if (profile === undefined) return refuseNatively(missProfile(arn));
	if (operation === 'listTagsForResource') {
		const tags = Array.from(profile.tags, ([key, value]) => ({ key, value }));
		return newJsonReply(200, { tags });
	}
	if (operation === 'tagResource')
		for (const [key, value] of readTags(body['tags'])) profile.tags.set(key, value);
	else for (const key of stringsOf(body['tagKeys'])) profile.tags.delete(key);
	return newJsonReply(200, {});
}

// The models of what a profile is copied from: a model or a system profile, by its ARN in this Region.
function readSource(arn: string, region: string): string[] | undefined {
	const [, kind, id] =
		new RegExp(`^arn:aws:bedrock:${region}:\\d*:(foundation-model|inference-profile)/(.+)$`).exec(
			arn
		) ?? [];
	if (kind === 'foundation-model')
		return TEXT_MODELS.some((model) => model.id === id) ? [arn] : undefined;
	const system = systemProfiles(region).find((profile) => profile.id === id);
	return system && [modelArn(system.model.id, region)];
}

function allProfiles(call: Call): JsonObject[] {
	const region = regionOf(call.region);
	const system = systemProfiles(region).map(({ id, model }) => ({
		inferenceProfileName: `${id.split('.')[0]?.toUpperCase() ?? ''} ${model.name}`,
		inferenceProfileArn: `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/${id}`,
		models: [{ modelArn: modelArn(model.id, region) }],
		inferenceProfileId: id,
		status: 'ACTIVE',
		type: 'SYSTEM_DEFINED',
		description: `Routes requests to ${model.name}.`,
		createdAt: LAUNCHED,
		updatedAt: LAUNCHED
	}));
	return [...system, ...call.profiles.list(region).map(describeProfile)];
}

function describeProfile({ arn, id, name, description, models, createdAt }: Profile): JsonObject {
	const date = new Date(createdAt).toISOString();
	return {
		inferenceProfileName: name,
		inferenceProfileArn: arn,
		models: models.map((modelArn) => ({ modelArn })),
		inferenceProfileId: id,
		status: 'ACTIVE',
		type: 'APPLICATION',
		...(description !== undefined && { description }),
		createdAt: date,
		updatedAt: date
	};
}

function describeModel(model: FoundationModel, region: string): JsonObject {
	return {
		modelArn: modelArn(model.id, region),
		modelId: model.id,
		modelName: model.name,
		providerName: model.provider,
		inputModalities: model.input,
		outputModalities: model.output,
		responseStreamingSupported: model.output.includes('TEXT'),
		customizationsSupported: [],
		inferenceTypesSupported: inferenceTypesOf(model),
		modelLifecycle: { status: 'ACTIVE' }
	};
}

function inferenceTypesOf(model: FoundationModel): string[] {
	return [wantsProfile(model) ? 'INFERENCE_PROFILE' : 'ON_DEMAND'];
}

function readTags(tags: unknown): Map<string, string> {
	return new Map(objectsOf(tags).map(({ key, value }) => [stringOf(key), stringOf(value)]));
}

function readToken(token: string | null): number | undefined {
	if (token === null) return 0;
	const after = /^[A-Za-z0-9+/]+={0,2}$/.test(token) && token.length % 4 === 0 ? atob(token) : '';
	const from = /^after (\d+)$/.exec(after)?.[1];
	return from === undefined ? undefined : Number(from);
}

function missProfile(name: string): Problem {
	return miss(`Could not find the inference profile ${name}.`);
}

function miss(message: string): Problem {
	return { status: 404, exception: 'ResourceNotFoundException', message };
}

// A loopback host has no Region, so it answers as the first.
function regionOf(region: string): string {
	return region === '' ? 'us-east-1' : region;
}
