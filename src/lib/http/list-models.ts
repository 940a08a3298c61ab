import { controlPlane } from '../catalog/control-plane.ts';
import type { ProfileType } from '../catalog/control-plane.ts';
import {
	readFoundationModels,
	readNextToken,
	readOpenAiModels,
	readProfiles
} from '../catalog/listed.ts';
import type { ListedModel } from '../catalog/listed.ts';
import type { HttpRequest } from '../model/request.ts';
import { call } from './call.ts';
import type { CallFailure } from './call.ts';
import type { Sending } from './send.ts';

/**
 * A list of models: `…/models` below the base of mantle's `/v1` or of a gateway, or one of three of the control plane,
 * whose base is its origin.
 */
export interface ListTarget {
	list: 'mantle' | 'gateway' | 'foundation-models' | 'system-profiles' | 'application-profiles';
	base: string;
}

/** What a list is read with. */
export type ListMeans = Omit<Sending, 'request' | 'onchunk' | 'onhead' | 'redactor'>;

/** A list that was read, or why it could not be. `cut`: it had no end, so what came first is here. */
export type ModelList =
	| { ok: true; models: readonly ListedModel[]; cut: boolean }
	| { ok: false; failure: CallFailure };

/** A list that goes on for longer has no end. */
const mostPages = 50;

/**
 * Reads a list of models to its end, page by page. Where a later page fails the whole list does, because a list that
 * lacks a part would look whole. It never rejects.
 */
export async function listModels(target: ListTarget, means: ListMeans): Promise<ModelList> {
	const models: ListedModel[] = [];
	const seen = new Set<string | undefined>();
	let token: string | undefined;
	while (!seen.has(token) && seen.size < mostPages) {
		seen.add(token);
		const called = await call({ ...means, request: requestOf(target, token) });
		if (!called.ok) return called;
		const page = read[target.list](called.value);
		if (page === undefined) return { ok: false, failure: { reason: 'not-json', status: 200 } };
		models.push(...page);
		token = readNextToken(called.value);
		if (token === undefined) return { ok: true, models: unique(models), cut: false };
	}
	return { ok: true, models: unique(models), cut: true };
}

const profileTypes: Partial<Record<ListTarget['list'], ProfileType>> = {
	'system-profiles': 'SYSTEM_DEFINED',
	'application-profiles': 'APPLICATION'
};

function requestOf({ list, base }: ListTarget, token: string | undefined): HttpRequest {
	const type = profileTypes[list];
	if (type !== undefined) return controlPlane.listProfiles(base, type, token);
	if (list === 'foundation-models') return controlPlane.listModels(base);
	return { method: 'GET', url: `${base}/models`, headers: {} };
}

const read: Record<ListTarget['list'], (body: unknown) => ListedModel[] | undefined> = {
	mantle: (body) => readOpenAiModels(body, 'mantle'),
	gateway: (body) => readOpenAiModels(body, 'gateway'),
	'foundation-models': readFoundationModels,
	// A service that does not know the filter gives both kinds.
	'system-profiles': (body) => readProfiles(body)?.filter(({ kind }) => kind === 'system-profile'),
	'application-profiles': (body) =>
		readProfiles(body)?.filter(({ kind }) => kind === 'application-profile')
};

function unique(models: readonly ListedModel[]): ListedModel[] {
	return [...new Map(models.map((model) => [model.id, model])).values()];
}
