import { loadSending } from './load-sending.ts';
import type { Sending } from './load-sending.ts';

/** Names, suggestions and profiles of models. */
export type Catalogue = typeof import('../catalog/models.ts');

/** What is known to go wrong before a Send. */
export type Rules = typeof import('../checks/index.ts');

/** What finds the stored response that a request can continue. */
export type Chaining = typeof import('../model/chain.ts');

/**
 * Parts of the page that are loaded after it is drawn. Each is undefined until it is there, and where it is out of reach.
 * Loading never rejects.
 */
export class Parts {
	/** What builds and sends requests. */
	sending: Sending | undefined = $state.raw();
	/** What is known about models; without it names and suggestions are missing, and no more. */
	catalogue: Catalogue | undefined = $state.raw();
	/** The rules that a request is checked by before it is sent. */
	rules: Rules | undefined = $state.raw();
	/** Before the first answer nothing can be continued; without it messages go along in place of an id. */
	chaining: Chaining | undefined = $state.raw();
	/** Whether what sends requests, or reads what is stored, could not be loaded: nothing is sent then. */
	isOutOfReach = $state(false);

	/** Where it is out of reach, the page can be read, and says that it can't send. */
	async loadSending(): Promise<void> {
		this.sending = await loadSending().catch(() => undefined);
		if (this.sending === undefined) this.isOutOfReach = true;
	}

	async loadCatalogue(): Promise<void> {
		this.catalogue = await import('../catalog/models.ts').catch(() => undefined);
	}

	async loadRules(): Promise<void> {
		this.rules = await import('../checks/index.ts').catch(() => undefined);
	}

	async loadChaining(): Promise<void> {
		this.chaining ??= await import('../model/chain.ts').catch(() => undefined);
	}
}
