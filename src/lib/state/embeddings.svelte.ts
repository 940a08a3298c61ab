import { buildEmbeddings } from '../apis/embeddings/embeddings.ts';
import type { Embeddings, EmbeddingsDraft } from '../apis/embeddings/embeddings.ts';
import { noGateway } from '../catalog/targets.ts';
import { readEmbeddingsAnswer } from '../http/read-embeddings.ts';
import type { EmbeddingsTable } from '../model/embedding-export.ts';
import type { JsonObject } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import type { Outcome } from '../model/run.ts';
import type { KeyRing } from './key-ring.svelte.ts';
import type { Runner } from './runner.ts';

/** A request for embeddings that was answered. */
export interface EmbeddingsResult extends EmbeddingsTable {
	/** ms from the request to the end of its answer. */
	ms: number;
	/** Whether the built-in simulator answered. */
	simulated: boolean;
}

/** A request for embeddings that failed. */
export interface EmbeddingsFailure {
	request: HttpRequest;
	outcome: Outcome;
}

/**
 * What is asked of the gateway's embeddings, and what came of it last. All of it is in memory alone: nothing is stored, and
 * only a press of the button sends.
 */
export class EmbeddingsPanel {
	/** As it is typed. */
	input = $state('');
	/** Whether each line is a text of its own; else all of it is one. */
	byLine = $state(true);
	/** The name under which gateways know their own default. */
	model = $state('cohere.embed-multilingual-v3');
	dimensions: number | undefined = $state();
	encoding: EmbeddingsDraft['encoding'] = $state();
	result: EmbeddingsResult | undefined = $state.raw();
	failure: EmbeddingsFailure | undefined = $state.raw();
	#running: AbortController | undefined = $state.raw();
	readonly #keyRing: KeyRing;
	readonly #runner: Runner;

	constructor(keyRing: KeyRing, runner: Runner) {
		this.#keyRing = keyRing;
		this.#runner = runner;
	}

	/** The texts to send. Blank lines are none. */
	readonly texts: readonly string[] = $derived.by(() => {
		const all = this.byLine ? this.input.split(/\r?\n/) : [this.input];
		return all.filter((text) => text.trim() !== '');
	});

	/** The request that the button sends. */
	readonly request: HttpRequest = $derived.by(() => {
		const { model, texts, dimensions, encoding } = this;
		const base = this.#keyRing.gateway?.base ?? noGateway;
		const draft = {
			...{ model, texts },
			...(dimensions !== undefined && { dimensions }),
			...(encoding !== undefined && { encoding })
		};
		return buildEmbeddings(draft, base);
	});

	/** Whether the built-in simulator would answer: there is no gateway. */
	get isSimulated(): boolean {
		return this.#keyRing.gateway === undefined;
	}

	get isRunning(): boolean {
		return this.#running !== undefined;
	}

	/** Whether there is something to send and somebody to answer. */
	get canRun(): boolean {
		return this.texts.length > 0 && this.model.trim() !== '' && !this.isRunning;
	}

	/** Sends the texts. What came before stays until the answer is there. */
	async run(): Promise<void> {
		if (!this.canRun) return;
		const { request, texts } = this;
		const running = new AbortController();
		this.#running = running;
		const simulated = this.isSimulated;
		const exchange = await this.#runner.call(request, running.signal).catch(() => undefined);
		// Another one may have begun since this one was stopped.
		if (this.#running !== running) return;
		this.#running = undefined;
		if (exchange === undefined) return;
		const answer = readEmbeddingsAnswer(exchange, texts.length);
		if (!answer.ok && answer.outcome.end === 'stopped') return;
		this.failure = answer.ok ? undefined : { request, outcome: answer.outcome };
		this.result = answer.ok
			? {
					...newTable(request, texts, answer.embeddings),
					ms: exchange.times.end,
					simulated
				}
			: undefined;
	}

	stop(): void {
		this.#running?.abort();
		this.#running = undefined;
	}
}

function newTable(
	{ body = '{}' }: HttpRequest,
	texts: readonly string[],
	{ vectors, model, usage }: Embeddings
): EmbeddingsTable {
	return {
		// It was built here, so it is an object.
		request: JSON.parse(body) as JsonObject,
		...{ texts, vectors },
		...(model !== undefined && { model }),
		...(usage !== undefined && { usage })
	};
}
