import { hostOf, mantleRegions } from '../catalog/targets.ts';
import { pageNetwork } from '../http/network.ts';
import type { Finding, HostTraffic, Network, Sighting } from '../http/network.ts';
import type { GatewayKey, KeyRecord } from '../model/key.ts';
import { endpoints } from '../model/request.ts';
import type { Target } from '../model/request.ts';
import { Relay } from './relay.svelte.ts';

/** What is known of the keys in use. */
export interface Keys {
	readonly record: KeyRecord | undefined;
	readonly region: string;
	readonly gateway?: GatewayKey | undefined;
}

/** How well a host is reached, as far as was seen. */
export type Level = 'unknown' | 'ok' | 'degraded' | 'blocked';

/** An endpoint that requests may go to with the keys in use. */
export interface Connection extends Target {
	host: string;
	/** Id of the key that goes there; absent where there is none. */
	key: string | undefined;
	/** Whether the key's Region has this endpoint. */
	isInRegion: boolean;
	level: Level;
	/** What was last seen of it with this key. */
	sighting: Sighting | undefined;
}

const bedrockEndpoints = ['runtime', 'mantle'] as const;

/** What was last seen of each host by a request of this page. It lasts as long as the page, and is stored nowhere. */
export class Connections {
	readonly relay: Relay;
	readonly #network: Network;
	readonly #keys: Keys;
	#changes = $state(0);

	constructor(keys: Keys, network: Network = pageNetwork) {
		this.#keys = keys;
		this.#network = network;
		this.relay = new Relay(network);
		network.onchange = () => (this.#changes += 1);
	}

	/** Runtime and mantle, and a gateway where there is one. The same list until that changes, so that none is drawn anew. */
	get endpoints(): readonly Target['endpoint'][] {
		return this.#keys.gateway === undefined ? bedrockEndpoints : endpoints;
	}

	/** Where requests go at each of the endpoints: Bedrock's are those of the key's Region. */
	readonly list: readonly Connection[] = $derived.by(() => {
		void this.#changes;
		const { record, region, gateway } = this.#keys;
		const list = bedrockEndpoints.map((endpoint) =>
			this.#connection(
				{ endpoint, base: `https://${hostOf(endpoint, region)}` },
				record?.id,
				endpoint === 'runtime' || mantleRegions.includes(region)
			)
		);
		if (gateway === undefined) return list;
		return [...list, this.#connection({ endpoint: 'gateway', base: gateway.base }, gateway.id)];
	});

	/** How well an endpoint is reached. */
	levelOf(endpoint: Target['endpoint']): Level {
		return this.list.find((one) => one.endpoint === endpoint)?.level ?? 'unknown';
	}

	/** Every host that was contacted, in the order of the first contact. */
	readonly traffic: readonly HostTraffic[] = $derived.by(() => {
		void this.#changes;
		return [...this.#network.hosts.values()].map((one) => ({ ...one }));
	});

	/** What of another key or Region was seen says nothing of this one. */
	#connection(target: Target, key: string | undefined, isInRegion = true): Connection {
		const { host } = new URL(target.base);
		const sighting = key === undefined ? undefined : this.#network.hosts.get(host)?.seen.get(key);
		const level = sighting === undefined ? 'unknown' : levelOf(sighting.finding);
		return { ...target, host, key, isInRegion, level, sighting };
	}
}

/** A refused key, a busy service and a broken answer are not a blocked host; any other answer shows that it works. */
function levelOf(finding: Finding): Level {
	if ('unreachable' in finding) return finding.unreachable === 'closed' ? 'degraded' : 'blocked';
	const { status, isCut } = finding;
	const isWell = status < 500 && ![401, 403, 407, 429].includes(status) && !isCut;
	return isWell ? 'ok' : 'degraded';
}
