import { controlPlane } from '../catalog/control-plane.ts';
import type { NewProfile, Tag } from '../catalog/control-plane.ts';
import { readProfile } from '../catalog/listed.ts';
import type { ListedModel } from '../catalog/listed.ts';
import { controlOrigin } from '../catalog/targets.ts';
import type { CallFailure } from '../http/call.ts';
import { getOwn } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import type { KeyRing } from './key-ring.svelte.ts';
import type { ModelLists } from './model-lists.svelte.ts';
import type { Runner } from './runner.ts';

/** Why something could not be done. */
export type ProfileFailure = CallFailure | { reason: 'not-loaded' | 'no-key' };

/** What a profile is, as the service tells it when it is asked for that one. */
export interface ProfileDetails {
	profile: ListedModel;
	/** Undefined where they could not be read. */
	tags: readonly Tag[] | undefined;
}

/** What became of a wish; undefined where key or Region have changed meanwhile, so that it concerns nobody any more. */
export type Done<Value> =
	| { ok: true; value: Value }
	| { ok: false; failure: ProfileFailure }
	| undefined;

/** The application inference profiles of the account: made, looked at and deleted through the control plane. */
export class Profiles {
	readonly #keyRing: KeyRing;
	readonly #runner: Pick<Runner, 'meansFor'>;
	readonly #lists: ModelLists;

	constructor(keyRing: KeyRing, runner: Pick<Runner, 'meansFor'>, lists: ModelLists) {
		this.#keyRing = keyRing;
		this.#runner = runner;
		this.#lists = lists;
	}

	/** Origin of the control plane that is asked. */
	get base(): string {
		return controlOrigin(this.#keyRing.region);
	}

	/** Those that were listed; undefined where the list was not read. */
	readonly all: readonly ListedModel[] | undefined = $derived.by(() => {
		const list = this.#lists.current?.lists.find(
			({ target }) => target.list === 'application-profiles'
		);
		return list?.result.ok === true ? list.result.models : undefined;
	});

	/** Why they could not be listed; undefined where they were, or nobody has asked. */
	readonly failure: ProfileFailure | undefined = $derived.by(() => {
		const list = this.#lists.current?.lists.find(
			({ target }) => target.list === 'application-profiles'
		);
		return list?.result.ok === false ? list.result.failure : undefined;
	});

	/** What a profile can be copied from, by ARN, as far as is known. */
	readonly sources: readonly { arn: string; name: string }[] = $derived.by(() =>
		[...this.#lists.models.values()].flatMap(({ kind, id, arn, name, from }) => {
			if (kind === 'system-profile' && arn !== undefined) return [{ arn, name: name ?? id }];
			if (kind !== 'model' || from !== 'runtime') return [];
			return [{ arn: modelArn(id, this.#keyRing.region), name: name ?? id }];
		})
	);

	async get(arn: string): Promise<Done<ProfileDetails>> {
		const { base } = this;
		const [got, tags] = await Promise.all([
			this.#call(controlPlane.getProfile(base, arn)),
			this.#call(controlPlane.listTags(base, arn))
		]);
		if (got?.ok !== true) return got;
		const profile = readProfile(got.value);
		if (profile === undefined) return { ok: false, failure: { reason: 'not-json', status: 200 } };
		return {
			ok: true,
			value: { profile, tags: tags?.ok === true ? readTags(tags.value) : undefined }
		};
	}

	/** Makes a profile. Gives its ARN, by which it can be used at once. */
	async create(wanted: NewProfile): Promise<Done<string>> {
		const made = await this.#call(controlPlane.createProfile(this.base, wanted));
		if (made?.ok !== true) return made;
		const arn = getOwn(made.value, 'inferenceProfileArn');
		if (typeof arn !== 'string') return { ok: false, failure: { reason: 'not-json', status: 200 } };
		const { name, description } = wanted;
		const profile: ListedModel = {
			...{ id: arn, arn, kind: 'application-profile', from: 'runtime', name },
			...(description !== undefined && { description }),
			models: /:foundation-model\//.test(wanted.copyFrom) ? [wanted.copyFrom] : []
		};
		this.#lists.changeProfiles((profiles) => [profile, ...profiles]);
		return { ok: true, value: arn };
	}

	async delete(arn: string): Promise<Done<null>> {
		const gone = await this.#call(controlPlane.deleteProfile(this.base, arn));
		if (gone?.ok !== true) return gone;
		this.#lists.changeProfiles((profiles) => profiles.filter(({ id }) => id !== arn));
		return { ok: true, value: null };
	}

	async #call(request: HttpRequest): Promise<Done<Json>> {
		const { record, region } = this.#keyRing;
		try {
			const { call } = await import('../http/call.ts');
			// Last of all, so that a key that is forgotten meanwhile is not sent.
			const means = await this.#runner.meansFor(this.base);
			if (means === undefined) return { ok: false, failure: { reason: 'no-key' } };
			const signal = AbortSignal.timeout(patience);
			const called = await call({ ...means, request, signal });
			const isSame = this.#keyRing.record?.id === record?.id && this.#keyRing.region === region;
			return isSame ? called : undefined;
		} catch {
			// A part of the page could not be loaded: it may be offline since it was opened.
			return { ok: false, failure: { reason: 'not-loaded' } };
		}
	}
}

/** ms after which a call is given up. */
const patience = 30_000;

/** The ARN of a model in a Region. */
export function modelArn(id: string, region: string): string {
	const partition = region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
	return `arn:${partition}:bedrock:${region}::foundation-model/${id}`;
}

function readTags(body: Json): Tag[] {
	const tags = getOwn(body, 'tags');
	if (!Array.isArray(tags)) return [];
	return tags.flatMap((tag) => {
		const [key, value] = [getOwn(tag, 'key'), getOwn(tag, 'value')];
		return typeof key === 'string' ? [{ key, value: typeof value === 'string' ? value : '' }] : [];
	});
}
