import type { ListedModel } from '../catalog/listed.ts';
import { controlOrigin, hostOf, mantleRegions } from '../catalog/targets.ts';
import type { ListTarget, ModelList } from '../http/list-models.ts';
import type { KeyRing } from './key-ring.svelte.ts';
import type { Runner } from './runner.ts';

/** A list that was asked for, and what came of it. */
export interface ReadList {
	target: ListTarget;
	/** `not-loaded`: what reads it is out of reach; `no-key`: the key was gone before it was sent. */
	result: ModelList | { ok: false; failure: { reason: 'not-loaded' | 'no-key' } };
}

/** The lists of one key in one Region. */
export interface RegionLists {
	/** Epoch ms at which they were read; absent while they are read for the first time. */
	at?: number;
	isReading: boolean;
	lists: readonly ReadList[];
}

/**
 * What the services of a Region list with the key in use, and the gateway with its own. It is read only when somebody asks, and kept in memory alone,
 * apart for each key, Region and gateway, so that what comes late is never shown as that of another.
 */
export class ModelLists {
	readonly #keyRing: KeyRing;
	readonly #runner: Pick<Runner, 'meansFor'>;
	#kept: ReadonlyMap<string, RegionLists> = $state.raw(new Map());
	/** What ends the reading that goes on, by the same name. A later reading takes the place of an earlier. */
	readonly #readings = new Map<string, AbortController>();

	constructor(keyRing: KeyRing, runner: Pick<Runner, 'meansFor'>) {
		this.#keyRing = keyRing;
		this.#runner = runner;
	}

	/** The lists of the key in use and its Region; undefined where nobody has asked for them. */
	get current(): RegionLists | undefined {
		return this.#kept.get(this.#name);
	}

	/** Every model that was listed, each once: a list that says more of it comes first. */
	readonly models: ReadonlyMap<string, ListedModel> = $derived.by(() => {
		const found = new Map<string, ListedModel>();
		for (const { result } of this.current?.lists ?? []) {
			for (const model of result.ok ? result.models : []) {
				if (!found.has(model.id)) found.set(model.id, model);
			}
		}
		return found;
	});

	/** What the account calls one of its profiles; undefined for any other id, and before the lists were read. */
	nameOf(id: string): string | undefined {
		const listed = this.models.get(id);
		return listed?.kind === 'application-profile' ? listed.name : undefined;
	}

	/** Reads all lists of the Region anew, beside each other. */
	async read(): Promise<void> {
		const name = this.#name;
		const { region, gateway } = this.#keyRing;
		this.#readings.get(name)?.abort();
		const reading = new AbortController();
		this.#readings.set(name, reading);
		this.#keep(name, { ...(this.#kept.get(name) ?? { lists: [] }), isReading: true });
		const lists = await Promise.all(
			targetsIn(region, gateway?.base).map(async (target) => ({
				target,
				result: await this.#readOne(target, reading.signal)
			}))
		);
		// A later reading, or a key that was forgotten, has taken its place.
		if (this.#readings.get(name) !== reading) return;
		this.#readings.delete(name);
		this.#keep(name, { at: Date.now(), isReading: false, lists });
	}

	/** Ends what is read with key `id` and drops what it has listed. */
	forget(id: string): void {
		for (const [name, reading] of this.#readings) {
			if (!name.split(' ').includes(id)) continue;
			reading.abort();
			this.#readings.delete(name);
		}
		this.#kept = new Map([...this.#kept].filter(([name]) => !name.split(' ').includes(id)));
	}

	/** Notes that the account has another profile, or one less, as this page has just made it. */
	changeProfiles(change: (profiles: readonly ListedModel[]) => readonly ListedModel[]): void {
		const { current } = this;
		if (current === undefined) return;
		const lists = current.lists.map((list) => {
			if (list.target.list !== 'application-profiles' || !list.result.ok) return list;
			return { ...list, result: { ...list.result, models: change(list.result.models) } };
		});
		this.#keep(this.#name, { ...current, lists });
	}

	get #name(): string {
		const { record, region, gateway } = this.#keyRing;
		return `${record?.id ?? 'demo'} ${region} ${gateway?.id ?? ''}`;
	}

	#keep(name: string, lists: RegionLists): void {
		this.#kept = new Map(this.#kept).set(name, lists);
	}

	async #readOne(target: ListTarget, signal: AbortSignal): Promise<ReadList['result']> {
		try {
			const [{ listModels }, means] = await Promise.all([
				import('../http/list-models.ts'),
				this.#runner.meansFor(target.base)
			]);
			if (means === undefined) return { ok: false, failure: { reason: 'no-key' } };
			return await listModels(target, { ...means, signal });
		} catch {
			// A part of the page could not be loaded: it may be offline since it was opened.
			return { ok: false, failure: { reason: 'not-loaded' } };
		}
	}
}

/** The lists of a Region, and of the gateway where there is one. What says more of a model comes first. */
function targetsIn(region: string, gateway: string | undefined): ListTarget[] {
	const base = controlOrigin(region);
	const control = ['foundation-models', 'system-profiles', 'application-profiles'] as const;
	const mantle = mantleRegions.includes(region)
		? [{ list: 'mantle' as const, base: `https://${hostOf('mantle', region)}/v1` }]
		: [];
	const own = gateway === undefined ? [] : [{ list: 'gateway' as const, base: gateway }];
	return [...control.map((list) => ({ list, base })), ...mantle, ...own];
}
