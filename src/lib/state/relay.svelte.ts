import { pageNetwork } from '../http/network.ts';
import type { Network } from '../http/network.ts';

/** ms after which no relay is expected to answer. */
const patience = 5000;

/**
 * The relay on the page's own origin: looked for when a host was out of reach or somebody asks, and used only in this tab,
 * and only when somebody has chosen so.
 */
export class Relay {
	/** Whether there is one; `unknown` until somebody has looked. */
	found: 'unknown' | 'looking' | 'none' | 'here' = $state('unknown');
	/** Whether requests to Bedrock go through it. */
	isUsed = $state(false);
	readonly #network: Network;
	#address: string | undefined;

	constructor(network: Network = pageNetwork) {
		this.#network = network;
	}

	/** Looks for one; once it was found it is not looked for again. */
	async look(page: string = document.baseURI): Promise<void> {
		if (this.found === 'looking' || this.found === 'here') return;
		this.found = 'looking';
		// What looks is out of reach as well: there is none that could be used.
		const address = await import('../http/find-relay.ts')
			.then(({ findRelay }) => findRelay(page, { signal: AbortSignal.timeout(patience) }))
			.catch(() => undefined);
		this.#address = address;
		this.found = address === undefined ? 'none' : 'here';
	}

	/** Lets requests to Bedrock go through the relay from now on, or directly again. */
	use(isUsed: boolean): void {
		this.isUsed = isUsed && this.#address !== undefined;
		this.#network.relay = this.isUsed ? this.#address : undefined;
	}
}
