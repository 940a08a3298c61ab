import type { Draft, FilePart, Part } from '../model/draft.ts';
import { filesNamedIn } from '../model/file.ts';
import { mapFiles, mapParts } from '../model/map-files.ts';

/** A file that somebody attaches; its type is told by its bytes, not by its name. */
export interface NewFile {
	bytes: Uint8Array<ArrayBuffer>;
	mime: string;
	name: string;
}

/**
 * The attachments of a conversation with their bytes at hand, as base64, for as long as it is open: a request is built
 * from them at once. What is stored names them by id.
 */
export class Files {
	/** base64 by id. */
	#loaded: ReadonlyMap<string, string> = $state.raw(new Map());
	#waiting = $state(0);
	readonly #inlined = new WeakMap<FilePart, FilePart>();
	readonly #originals = new WeakMap<FilePart, FilePart>();
	readonly #onfull: () => void;

	/** `onfull` is called when there was no room to store a file: it is kept as long as the page is open. */
	constructor(onfull: () => void) {
		this.#onfull = onfull;
	}

	/** Whether some are still on their way: what is built now would lack them. */
	get isLoading(): boolean {
		return this.#waiting > 0;
	}

	/** The bytes of an attachment as base64; undefined where they are not here. */
	base64Of({ source }: FilePart): string | undefined {
		if ('base64' in source) return source.base64;
		return 'file' in source ? this.#loaded.get(source.file) : undefined;
	}

	/** Keeps a file and gives what names it. */
	async add(file: NewFile): Promise<{ file: string }> {
		const { addFile } = await import('./keep-files.ts');
		return addFile(file, (entries) => this.#take(entries), this.#onfull);
	}

	/** Loads the files that a value names. One that is not stored any more stays a name, and is a loss where it is sent. */
	async load(value: unknown): Promise<void> {
		// Most conversations have none: what loads them is not loaded for these.
		if (filesNamedIn(value).size === 0) return;
		this.#waiting++;
		try {
			const { loadFiles } = await import('./keep-files.ts');
			this.#take(await loadFiles(value, (id) => this.#loaded.has(id)));
		} catch {
			// Storage or the page's own files are out of reach: what is missing is said where it would be sent.
		} finally {
			this.#waiting--;
		}
	}

	/** Takes along what another conversation has at hand. */
	takeFrom(other: Files): void {
		this.#take([...other.#loaded]);
	}

	/** A draft as it is built: with the bytes of its attachments in it. */
	inline(draft: Draft): Draft {
		const messages = mapFiles(draft.messages, (part) => this.#inline(part));
		return { ...draft, messages };
	}

	/** Parts of a draft as they are stored: what {@link inline} has made is what it was again. */
	restore(parts: Part[]): Part[] {
		return mapParts(parts, (part) => this.#originals.get(part) ?? part);
	}

	/** The id that these bytes are kept under; undefined where they are not. */
	idOf(base64: string): string | undefined {
		for (const [id, known] of this.#loaded) if (known === base64) return id;
		return undefined;
	}

	#inline(part: FilePart): FilePart {
		if (!('file' in part.source)) return part;
		const known = this.#inlined.get(part);
		const base64 = this.base64Of(part);
		if (known !== undefined || base64 === undefined) return known ?? part;
		const inlined: FilePart = { ...part, source: { base64 } };
		// The same part each time, so that what was found out about it is found again.
		this.#inlined.set(part, inlined);
		this.#originals.set(inlined, part);
		return inlined;
	}

	#take(entries: readonly (readonly [string, string])[]): void {
		if (entries.length > 0) this.#loaded = new Map([...this.#loaded, ...entries]);
	}
}
