import type { FileType } from '../model/draft.ts';
import { getOwn, isJsonObject } from '../model/json.ts';
import type { Model } from './models.ts';

/** A model as a service's own list has it; what the list does not say is absent. */
export interface ListedModel {
	/** What a request names it by: the id of a model or of a system profile, or the ARN of an application profile. */
	id: string;
	kind: 'model' | 'system-profile' | 'application-profile';
	/** Which list had it. */
	from: 'mantle' | 'runtime' | 'gateway';
	name?: string;
	provider?: string;
	input?: Model['input'];
	/** Absent: it may make text; false: it makes pictures or numbers, and no API of the page has it. */
	makesText?: false;
	status?: 'legacy' | 'unavailable';
	/** Runtime takes it only by the id of a profile. */
	profileOnly?: true;
	/** Of a profile: its own ARN, and those of the models that it leads to. */
	arn?: string;
	models?: readonly string[];
	description?: string;
}

/** Characters; an ARN has at most 2048. */
const longestId = 2048;
/** So many are more than any service has; a list of more is cut. */
const mostModels = 5000;

/** Reads `{ data: [{ id, status }] }`, as mantle and gateways answer `GET …/models`; undefined where it is no such list. */
export function readOpenAiModels(
	body: unknown,
	from: 'mantle' | 'gateway'
): ListedModel[] | undefined {
	return readList(getOwn(body, 'data'), (one) => {
		const id = idOf(getOwn(one, 'id'));
		if (id === undefined) return undefined;
		const isAway = getOwn(one, 'status') === 'unavailable';
		const isProfile = /^arn:[^/]+:application-inference-profile\//.test(id);
		return {
			...{ id, kind: isProfile ? 'application-profile' : 'model', from },
			...(isAway && { status: 'unavailable' })
		};
	});
}

/** Reads `{ modelSummaries }` of `GET /foundation-models`; undefined where it is no such list. */
export function readFoundationModels(body: unknown): ListedModel[] | undefined {
	return readList(getOwn(body, 'modelSummaries'), (one) => {
		const id = idOf(getOwn(one, 'modelId'));
		if (id === undefined) return undefined;
		const types = wordsOf(getOwn(one, 'inferenceTypesSupported'));
		const output = wordsOf(getOwn(one, 'outputModalities'));
		const isLegacy = getOwn(getOwn(one, 'modelLifecycle'), 'status') === 'LEGACY';
		return {
			...{ id, kind: 'model', from: 'runtime' },
			...named('name', getOwn(one, 'modelName')),
			...named('provider', getOwn(one, 'providerName')),
			...inputOf(wordsOf(getOwn(one, 'inputModalities'))),
			...(output.length > 0 && !output.includes('TEXT') && { makesText: false }),
			...(isLegacy && { status: 'legacy' }),
			...(types.length > 0 && !types.includes('ON_DEMAND') && { profileOnly: true })
		};
	});
}

/** Reads `{ inferenceProfileSummaries }` of `GET /inference-profiles`; undefined where it is no such list. */
export function readProfiles(body: unknown): ListedModel[] | undefined {
	return readList(getOwn(body, 'inferenceProfileSummaries'), readProfile);
}

/** Reads one profile, of a list or as `GET /inference-profiles/{id}` answers. */
export function readProfile(one: unknown): ListedModel | undefined {
	const isApplication = getOwn(one, 'type') === 'APPLICATION';
	const arn = idOf(getOwn(one, 'inferenceProfileArn'));
	// Two profiles of one model are two entries: an application profile is told by its ARN alone.
	const id = isApplication ? arn : idOf(getOwn(one, 'inferenceProfileId'));
	if (id === undefined) return undefined;
	const models = getOwn(one, 'models');
	return {
		...{ id, kind: isApplication ? 'application-profile' : 'system-profile', from: 'runtime' },
		...named('name', getOwn(one, 'inferenceProfileName')),
		...named('description', getOwn(one, 'description')),
		...(arn !== undefined && { arn }),
		models: Array.isArray(models)
			? models.slice(0, mostModels).flatMap((model) => idOf(getOwn(model, 'modelArn')) ?? [])
			: []
	};
}

/** Where a list goes on; undefined at its end. */
export function readNextToken(body: unknown): string | undefined {
	const token = getOwn(body, 'nextToken');
	return typeof token === 'string' && token !== '' ? token : undefined;
}

function readList(
	list: unknown,
	read: (one: unknown) => ListedModel | undefined
): ListedModel[] | undefined {
	if (!Array.isArray(list)) return undefined;
	const found = new Map<string, ListedModel>();
	for (const one of list.slice(0, mostModels)) {
		const model = isJsonObject(one) ? read(one) : undefined;
		if (model !== undefined && !found.has(model.id)) found.set(model.id, model);
	}
	return [...found.values()];
}

function idOf(value: unknown): string | undefined {
	if (typeof value !== 'string' || value.length > longestId || !value.isWellFormed())
		return undefined;
	// A space or a control character is in no id, and could not be told from what stands around it.
	return /^[^\s\p{C}]+$/u.test(value) ? value : undefined;
}

function named<Name extends string>(name: Name, value: unknown): { [K in Name]?: string } {
	if (typeof value !== 'string' || value === '') return {};
	return { [name]: value.slice(0, 400).toWellFormed() } as { [K in Name]?: string };
}

function wordsOf(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

const modalities: Readonly<Record<string, 'text' | FileType>> = {
	TEXT: 'text',
	IMAGE: 'image',
	VIDEO: 'video',
	SPEECH: 'audio',
	AUDIO: 'audio'
};

function inputOf(words: readonly string[]): { input?: Model['input'] } {
	const input = words.flatMap((word) => {
		return Object.hasOwn(modalities, word) ? (modalities[word] ?? []) : [];
	});
	return input.length === 0 ? {} : { input: [...new Set(input)] };
}
