import { defaultRegion } from '../catalog/defaults.ts';
import { newId } from '../model/draft.ts';
import type { KeyRecord } from '../model/key.ts';
import {
	forgetKey,
	loadKey,
	markAccepted,
	markRejected,
	readSecret,
	saveKey,
	watchKey
} from '../storage/keys.ts';

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

/** The one key in use. It holds what is known about it; the secret stays behind the door of storage. */
export class KeyRing {
	record: KeyRecord | undefined = $state.raw();
	/** Epoch ms, ticking, for countdowns. */
	now = $state(Date.now());
	/** The Region of the demo, used only while there is no key. */
	demoRegion = $state(defaultRegion);
	/** Set when the last key was deleted because it expired: its expiry in epoch ms. */
	expiredAt: number | undefined = $state();
	/** Called when the key was forgotten, here or in another page: what still goes on with it has to end. */
	onforgotten: (id: string) => void = () => undefined;
	#expiry: ReturnType<typeof setTimeout> | undefined;

	/** The Region that requests go to: the key's. */
	get region(): string {
		return this.record?.region ?? this.demoRegion;
	}

	/** Loads the stored key and watches the clock, the page and other tabs. Returns what ends the watching. */
	async open(): Promise<() => void> {
		await this.#reload();
		const clock = setInterval(() => this.#tick(), 1000);
		const tick = () => this.#tick();
		document.addEventListener('visibilitychange', tick);
		const unwatch = watchKey(() => void this.#reload());
		return () => {
			clearInterval(clock);
			clearTimeout(this.#expiry);
			document.removeEventListener('visibilitychange', tick);
			unwatch();
		};
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
		await saveKey(record, secret);
		this.#show(record);
	}

	/** Deletes the key here and in every other open page. */
	async forget(): Promise<void> {
		const { record } = this;
		if (record !== undefined) this.onforgotten(record.id);
		await forgetKey();
		this.#show(undefined);
	}

	/**
	 * Notes what a service answered a request with key `id`. A refused key is marked and kept, because a 403 can also
	 * mean a missing permission; a later success takes the mark away.
	 */
	async note(id: string | undefined, status: number | undefined): Promise<void> {
		const { record } = this;
		if (record === undefined || record.id !== id || status === undefined) return;
		const isRefused = status === 401 || status === 403;
		const isTaken = status >= 200 && status <= 299 && record.rejectedAt !== undefined;
		if (!isRefused && !isTaken) return;
		const { rejectedAt: _, ...rest } = record;
		const rejectedAt = Date.now();
		this.record = isRefused ? { ...record, rejectedAt } : rest;
		await (isRefused ? markRejected(record.id, rejectedAt) : markAccepted(record.id));
	}

	/** The secret of key `id`, to be sent and then dropped; undefined once it is not the key in use. */
	async readSecret(id: string): Promise<string | undefined> {
		if (this.record?.id !== id) return undefined;
		const secret = await readSecret(id);
		// It has expired, or another page has forgotten or replaced it.
		if (secret === undefined) await this.#reload();
		return secret;
	}

	async #reload(): Promise<void> {
		const before = this.record;
		const record = await loadKey(Date.now(), (expired) => this.#noteExpiry(expired));
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
