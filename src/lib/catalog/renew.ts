import { getOwn } from '../model/json.ts';
import { bareModelId, familyOf } from '../model/model-id.ts';
import { readFoundationModels, readOpenAiModels, readProfiles } from './listed.ts';
import type { ListedModel } from './listed.ts';
import type { Model } from './models.ts';

/** The catalogue as its file holds it. */
export interface Catalogue {
	/** `yyyy-mm-dd`. */
	date: string;
	models: readonly Model[];
}

/** A renewed catalogue, and what of it a person should look over: lists do not say which API has a model. */
export interface Renewal {
	catalogue: Catalogue;
	/** Ids that were not known, each with the model whose APIs it was given. */
	added: { id: string; like: string }[];
	/** Answers of which nothing could be read, by their place. */
	unread: number[];
}

type Runtime = NonNullable<Model['runtime']>;

/**
 * The catalogue with what saved answers of the live lists say: `GET /v1/models` of mantle, `GET /foundation-models` and
 * `GET /inference-profiles`, in any order and of any Regions. What a list lacks stays, because a Region has not all.
 */
export function renewCatalogue(
	{ models: before }: Catalogue,
	answers: readonly unknown[],
	date: string
): Renewal {
	const models = before.map((model) => structuredClone(model));
	const unread: number[] = [];
	const listed = answers.flatMap((answer, i) => {
		const list = readAnswer(answer);
		if (list === undefined) unread.push(i);
		return list ?? [];
	});
	const added: Renewal['added'] = [];
	// What says most of a model first; then what only adds ids to it.
	for (const one of listed.filter(({ from, kind }) => from === 'runtime' && kind === 'model'))
		if (one.makesText !== false) takeRuntime(models, one, added);
	for (const one of listed.filter(({ from }) => from === 'mantle')) takeMantle(models, one, added);
	for (const { id, kind } of listed) if (kind === 'system-profile') takeProfile(models, id);
	return { catalogue: { date, models }, added, unread };
}

/** The catalogue as its file is written: a model a line, so that what has changed is seen. */
export function printCatalogue({ date, models }: Catalogue): string {
	const lines = models.map((model) => JSON.stringify(model));
	return `{"date":${JSON.stringify(date)},"models":[${lines.join(',\n')}]}\n`;
}

function readAnswer(answer: unknown): ListedModel[] | undefined {
	if (Array.isArray(getOwn(answer, 'modelSummaries'))) return readFoundationModels(answer);
	if (Array.isArray(getOwn(answer, 'inferenceProfileSummaries'))) return readProfiles(answer);
	return readOpenAiModels(answer, 'mantle');
}

function takeRuntime(models: Model[], listed: ListedModel, added: Renewal['added']): void {
	const { id, name = id, provider = familyOf(id), input, status, profileOnly } = listed;
	const known = models.find(({ runtime }) => runtime?.id === id);
	const model = known ?? findByName(models, id, 'mantle') ?? newModel(models, { name, provider });
	if (model.runtime === undefined) {
		const like = nearest(models, id, 'runtime');
		const apis = [...(like?.runtime?.apis ?? ['converse'])];
		model.runtime = { id, apis };
		added.push({ id, like: like?.name ?? '' });
	}
	if (input !== undefined) {
		const isReader = model.input.includes('document') && !input.includes('document');
		model.input = isReader ? [...input, 'document'] : input;
	}
	if (status === 'legacy') model.status = 'legacy';
	else if (model.status === 'legacy') delete model.status;
	if (profileOnly === true) model.runtime.profileOnly = true;
	else delete model.runtime.profileOnly;
}

function takeMantle(models: Model[], { id }: ListedModel, added: Renewal['added']): void {
	// Mantle has these only for the Messages API.
	if (id.startsWith('anthropic.') || models.some(({ mantle }) => mantle?.id === id)) return;
	const known = findByName(models, id, 'runtime');
	const model = known ?? newModel(models, { name: id, provider: familyOf(id) });
	const like = nearest(models, id, 'mantle');
	const apis = [...(like?.mantle?.apis ?? ['chat-completions'])];
	model.mantle = { id, apis };
	added.push({ id, like: like?.name ?? '' });
}

function takeProfile(models: readonly Model[], id: string): void {
	const runtime = models.find((model) => model.runtime?.id === bareModelId(id))?.runtime;
	if (runtime !== undefined) addProfile(runtime, id);
}

function addProfile(runtime: Runtime, id: string): void {
	const profiles = runtime.profiles ?? [];
	if (!profiles.includes(id)) runtime.profiles = [...profiles, id];
}

function newModel(models: Model[], { name, provider }: Pick<Model, 'name' | 'provider'>): Model {
	const model: Model = { name, provider, input: ['text'] };
	// Beside its maker's others, before them: lists put the newest first.
	const at = models.findIndex((one) => one.provider === provider);
	models.splice(at === -1 ? models.length : at, 0, model);
	return model;
}

/** The model that has its id on the other endpoint, which differs by a version at its end: `x-v1:0` is `x`. */
function findByName(
	models: readonly Model[],
	id: string,
	other: 'runtime' | 'mantle'
): Model | undefined {
	const stem = (one: string) => one.replace(/(-v?\d+)?:\d+$/, '');
	return models.find((model) => {
		const there = model[other]?.id;
		return typeof there === 'string' && stem(there) === stem(id);
	});
}

/** The model of the same maker whose id begins most alike: what has one API usually has it for its sisters. */
function nearest(
	models: readonly Model[],
	id: string,
	endpoint: 'runtime' | 'mantle'
): Model | undefined {
	let [best, longest] = [undefined as Model | undefined, 0];
	for (const model of models) {
		const there = model[endpoint]?.id;
		if (typeof there !== 'string' || familyOf(there) !== familyOf(id)) continue;
		let shared = 0;
		while (shared < there.length && there[shared] === id[shared]) shared++;
		if (shared > longest) [best, longest] = [model, shared];
	}
	return best;
}
