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

/** Who is asked: the services of the Region of the key in use, or the gateway in use. */
export type Asked = 'region' | 'gateway';

/**
 * What services list with the keys in use: those of a Region, or a gateway. It is read only when somebody asks, and kept
 * in memory alone, apart for each key and Region, so that what comes late is never shown as that of another.
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

	/** What was read with the key in use in its Region, or from the gateway; undefined where nobody has asked for it. */
	at(asked: Asked): RegionLists | undefined {
		return this.#kept.get(this.#nameOf(asked));
	}

	get current(): RegionLists | undefined {
		return this.at('region');
	}

	/** Every model that was listed in the Region, each once: a list that says more of it comes first. */
	readonly models: ReadonlyMap<string, ListedModel> = $derived.by(() => modelsIn(this.current));

	/** Every model that the gateway has listed. */
	readonly gatewayModels: ReadonlyMap<string, ListedModel> = $derived.by(() =>
		modelsIn(this.at('gateway'))
	);

	/** What the account calls one of its profiles; undefined for any other id, and before the lists were read. */
	nameOf(id: string): string | undefined {
		const listed = this.models.get(id);
		return listed?.kind === 'application-profile' ? listed.name : undefined;
	}

	/** Reads all lists of the Region, or that of the gateway, anew and beside each other. */
	async read(asked: Asked = 'region'): Promise<void> {
		const name = this.#nameOf(asked);
		const targets = this.#targetsOf(asked);
		this.#readings.get(name)?.abort();
		const reading = new AbortController();
		this.#readings.set(name, reading);
		this.#keep(name, { ...(this.#kept.get(name) ?? { lists: [] }), isReading: true });
		const lists = await Promise.all(
			targets.map(async (target) => ({
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
			if (!name.startsWith(`${id} `)) continue;
			reading.abort();
			this.#readings.delete(name);
		}
		this.#kept = new Map([...this.#kept].filter(([name]) => !name.startsWith(`${id} `)));
	}

	/** Notes that the account has another profile, or one less, as this page has just made it. */
	changeProfiles(change: (profiles: readonly ListedModel[]) => readonly ListedModel[]): void {
		const { current } = this;
		if (current === undefined) return;
		const lists = current.lists.map((list) => {
			if (list.target.list !== 'application-profiles' || !list.result.ok) return list;
			return { ...list, result: { ...list.result, models: change(list.result.models) } };
		});
		this.#keep(this.#nameOf('region'), { ...current, lists });
	}

	/** The name begins with the id of the key. */
	#nameOf(asked: Asked): string {
		const { record, region, gateway } = this.#keyRing;
		return asked === 'gateway'
			? `${gateway?.id ?? 'none'} gateway`
			: `${record?.id ?? 'demo'} ${region}`;
	}

	#targetsOf(asked: Asked): ListTarget[] {
		const { region, gateway } = this.#keyRing;
		if (asked === 'region') return targetsIn(region);
		return gateway === undefined ? [] : [{ list: 'gateway', base: gateway.base }];
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

function modelsIn(lists: RegionLists | undefined): ReadonlyMap<string, ListedModel> {
	const found = new Map<string, ListedModel>();
	for (const { result } of lists?.lists ?? []) {
		for (const model of result.ok ? result.models : []) {
			if (!found.has(model.id)) found.set(model.id, model);
		}
	}
	return found;
}

/** The lists of a Region. What says more of a model comes first. */
function targetsIn(region: string): ListTarget[] {
	const base = controlOrigin(region);
	const control = ['foundation-models', 'system-profiles', 'application-profiles'] as const;
	const mantle = mantleRegions.includes(region)
		? [{ list: 'mantle' as const, base: `https://${hostOf('mantle', region)}/v1` }]
		: [];
	return [...control.map((list) => ({ list, base })), ...mantle];
}
