import { defaultRegion } from '../catalog/defaults.ts';
import { newId } from '../model/draft.ts';
import { mayGoTo } from '../model/key.ts';
import type { AnyKey, GatewayKey, KeyRecord } from '../model/key.ts';
import { wasNothingStored } from '../storage/database.ts';
import { watchKey } from '../storage/key-channel.ts';
import { loadStorage } from '../storage/load.ts';

/** A key that was pasted and understood. */
export type FoundKey =
	| {
			kind: 'short-term';
			secret: string;
			region: string;
			issuedAt: number;
			expiresAt: number;
			lastFour: string;
			account?: string;
	  }
	| { kind: 'long-term'; secret: string; region: string };

/** A gateway as a person typed it; without a secret it wants none. */
export interface FoundGateway {
	/** See `readGatewayAddress`. */
	base: string;
	secret?: string;
}

/** What a request is sent with: a secret, or nothing where a gateway wants none. */
export interface Credentials {
	/** Id of the key. */
	key: string;
	secret?: string;
}

/** The keys in use: one of Bedrock, and a gateway's. It holds what is known about them; secrets stay behind the door of storage. */
export class KeyRing {
	/** The Bedrock key. */
	record: KeyRecord | undefined = $state.raw();
	/** The gateway, with what is known about its key. */
	gateway: GatewayKey | undefined = $state.raw();
	/** Epoch ms, ticking, for countdowns. */
	now = $state(Date.now());
	/** The Region of the demo, used only while there is no key. */
	demoRegion = $state(defaultRegion);
	/** Set when the last key was deleted because it expired: its expiry in epoch ms. */
	expiredAt: number | undefined = $state();
	/** Called when the key was forgotten, here or in another page: what still goes on with it has to end. */
	onforgotten: (id: string) => void = () => undefined;
	#expiry: ReturnType<typeof setTimeout> | undefined;
	/** What is being read of the stored keys: the last of `#reloads`. */
	#reloading: Promise<void> = Promise.resolve();
	#reloads = 0;

	/** The Region that requests go to: the key's. */
	get region(): string {
		return this.record?.region ?? this.demoRegion;
	}

	/** Loads the stored key and watches the clock, the page and other tabs. Returns what ends the watching. */
	async open(): Promise<() => void> {
		// First, because another tab may store a key while this one looks for it.
		const unwatch = watchKey(() => void this.#reload());
		if (!(await wasNothingStored())) await this.#reload();
		const clock = setInterval(() => this.#tick(), 1000);
		const tick = () => this.#tick();
		document.addEventListener('visibilitychange', tick);
		return () => {
			clearInterval(clock);
			clearTimeout(this.#expiry);
			document.removeEventListener('visibilitychange', tick);
			unwatch();
		};
	}

	/** The key that may be sent to a target; undefined where there is none, which for Bedrock means the simulator. */
	keyFor({ base }: { base: string }): AnyKey | undefined {
		return [this.record, this.gateway].find((key) => key !== undefined && mayGoTo(key, base));
	}

	/** Takes a key into use in place of the one before. Only a short-term one may be stored, until it expires. */
	async use(found: FoundKey, keep: 'until-expiry' | 'tab'): Promise<void> {
		const base = { v: 2, id: newId(), addedAt: Date.now() } as const;
		const { secret, ...known } = found;
		const record: KeyRecord =
			known.kind === 'long-term' || keep === 'tab'
				? { ...base, ...known, memoryOnly: true }
				: { ...base, ...known, memoryOnly: false };
		this.expiredAt = undefined;
		const { saveKey } = await loadStorage();
		await saveKey(record, secret);
		this.#show(record);
	}

	/** Takes a gateway into use in place of the one before: it is stored until it is forgotten, or only held by this tab. */
	async useGateway({ base, secret }: FoundGateway, memoryOnly: boolean): Promise<void> {
		const gateway: GatewayKey = {
			...{ v: 2, id: newId(), addedAt: Date.now(), kind: 'gateway', base, memoryOnly },
			...(secret === undefined && { keyless: true })
		};
		const { saveKey } = await loadStorage();
		await saveKey(gateway, secret ?? '');
		this.gateway = gateway;
	}

	/** Deletes the Bedrock key here and in every other open page. */
	async forget(): Promise<void> {
		const { record } = this;
		if (record !== undefined) this.onforgotten(record.id);
		await (await loadStorage()).forgetKey('bedrock');
		this.#show(undefined);
	}

	/** Deletes the gateway and its key here and in every other open page. */
	async forgetGateway(): Promise<void> {
		const { gateway } = this;
		if (gateway !== undefined) this.onforgotten(gateway.id);
		await (await loadStorage()).forgetKey('gateway');
		this.gateway = undefined;
	}

	/**
	 * Notes what a service answered a request with key `id`. A refused key is marked and kept, because a 403 can also
	 * mean a missing permission; a later success takes the mark away.
	 */
	async note(id: string | undefined, status: number | undefined): Promise<void> {
		const record = this.#find(id);
		if (record === undefined || status === undefined) return;
		const isRefused = status === 401 || status === 403;
		const isTaken = status >= 200 && status <= 299 && record.rejectedAt !== undefined;
		if (!isRefused && !isTaken) return;
		const { rejectedAt: _, ...rest } = record;
		const rejectedAt = Date.now();
		const noted = isRefused ? { ...record, rejectedAt } : rest;
		if (noted.kind === 'gateway') this.gateway = noted;
		else this.record = noted;
		const { markAccepted, markRejected } = await loadStorage();
		await (isRefused ? markRejected(record.id, rejectedAt) : markAccepted(record.id));
	}

	/**
	 * What a request to `url` is sent with by key `id`, to be sent and then dropped; undefined once that is not a key in use,
	 * and for an address that the key may not go to.
	 */
	async credentialsFor(id: string, url: string): Promise<Credentials | undefined> {
		const key = this.#find(id);
		if (key === undefined || !mayGoTo(key, url)) return undefined;
		if (key.kind === 'gateway' && key.keyless) return { key: id };
		const secret = await this.readSecret(id);
		return secret === undefined ? undefined : { key: id, secret };
	}

	/** The secret of key `id`, to be sent and then dropped; undefined once it is not a key in use. */
	async readSecret(id: string): Promise<string | undefined> {
		if (this.#find(id) === undefined) return undefined;
		const { readSecret } = await loadStorage();
		const secret = await readSecret(id);
		// It has expired, or another page has forgotten or replaced it.
		if (secret === undefined) await this.#reload();
		return secret;
	}

	#find(id: string | undefined): AnyKey | undefined {
		return [this.record, this.gateway].find((key) => key !== undefined && key.id === id);
	}

	#reload(): Promise<void> {
		return (this.#reloading = this.#read(++this.#reloads));
	}

	async #read(reload: number): Promise<void> {
		const storage = await loadStorage().catch(() => undefined);
		// Out of reach: the page says so, and sends nothing.
		if (storage === undefined) return;
		const keys = await storage.loadKeys(Date.now(), (expired) => this.#noteExpiry(expired));
		// What was stored meanwhile is in the reading that began last.
		if (reload !== this.#reloads) return this.#reloading;
		const { record: before, gateway: former } = this;
		const { bedrock: record, gateway } = keys;
		if (former !== undefined && gateway === undefined) this.onforgotten(former.id);
		this.gateway = gateway;
		// Another tab may have been the first to see it expire.
		if (record === undefined) this.#noteExpiry(before);
		const isForgotten = record === undefined && this.expiredAt === undefined;
		if (before !== undefined && isForgotten) this.onforgotten(before.id);
		this.#show(record);
	}

	#noteExpiry(record: KeyRecord | undefined): void {
		if (record?.kind === 'short-term' && record.expiresAt <= Date.now()) {
			this.expiredAt = record.expiresAt;
		}
	}

	#show(record: KeyRecord | undefined): void {
		this.record = record;
		this.now = Date.now();
		clearTimeout(this.#expiry);
		if (record?.kind === 'short-term') {
			this.#expiry = setTimeout(() => this.#tick(), record.expiresAt - this.now);
		}
	}

	#tick(): void {
		this.now = Date.now();
		const { record } = this;
		// Loading deletes what has expired, and nothing that another tab has stored since.
		if (record?.kind === 'short-term' && record.expiresAt <= this.now) void this.#reload();
	}
}
