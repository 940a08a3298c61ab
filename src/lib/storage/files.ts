import { filesNamedIn } from '../model/file.ts';
import { newId } from '../model/draft.ts';
import { openStore } from './open-store.ts';
import { keyOf } from './records.ts';
import { withRoom } from './room.ts';
import type { Store } from './store.ts';

/** A kept attachment. */
export interface KeptFile {
	v: 2;
	/** SHA-256 of the bytes in hexadecimal; a random id where the page is no secure context. */
	id: string;
	mime: string;
	/** As it was named when it was kept first. */
	name: string;
	bytes: Uint8Array<ArrayBuffer>;
	/** Epoch ms when it was last kept. */
	savedAt: number;
}

/** ms for which a file stays that nothing names: what names it may not have been stored yet. */
const grace = 3_600_000;

/** The id that a file is named by: the same for the same bytes, where the page is a secure context. */
export async function nameFile(
	bytes: Uint8Array<ArrayBuffer>,
	subtle: SubtleCrypto | null = (crypto.subtle as SubtleCrypto | undefined) ?? null
): Promise<string> {
	return subtle === null ? newId() : hashOf(bytes, subtle);
}

/** Keeps a file under its id, once for the same bytes. Rejects when the browser has no room. */
export async function saveFile(
	{ id, mime, name, bytes }: Pick<KeptFile, 'id' | 'mime' | 'name' | 'bytes'>,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	const key = keyOf.file(id);
	const opened = await store;
	const savedAt = Date.now();
	await withRoom(opened, () =>
		opened.update([key], ([stored]) => {
			const file: KeptFile = isFile(stored)
				? { ...stored, savedAt }
				: { v: 2, id, mime, name, bytes, savedAt };
			return { put: [[key, file]], result: undefined };
		})
	);
}

/** A kept file; undefined where there is none. */
export async function loadFile(
	id: string,
	store: Store | Promise<Store> = openStore()
): Promise<KeptFile | undefined> {
	const stored = await (await store).get(keyOf.file(id));
	return isFile(stored) && stored.id === id ? stored : undefined;
}

/** Removes files that no turn, draft or sent settings name, but for those kept within the last hour before `now`. */
export async function removeUnnamedFiles(
	store: Store | Promise<Store> = openStore(),
	now = Date.now()
): Promise<void> {
	const opened = await store;
	const files = await opened.keys(keyOf.file(''));
	if (files.length === 0) return;
	const named = new Set<string>();
	for (const prefix of ['turn/', 'draft/', 'left/', 'sent/', 'bad:']) {
		for (const [, value] of await opened.range(prefix)) {
			for (const id of filesNamedIn(value)) named.add(keyOf.file(id));
		}
	}
	const unnamed = files.filter((key) => !named.has(key));
	await opened.update(unnamed, (stored) => ({
		remove: unnamed.filter((_, i) => {
			const file = stored[i];
			return isFile(file) && file.savedAt < now - grace;
		}),
		result: undefined
	}));
}

/** ms between two looks for files that nothing names: it reads all turns. */
const day = 86_400_000;

/** Removes files that nothing names, at most once a day. */
export async function pruneFiles(
	store: Store | Promise<Store> = openStore(),
	now = Date.now()
): Promise<void> {
	const opened = await store;
	const key = keyOf.setting('files-pruned');
	if ((await opened.keys(keyOf.file(''))).length === 0) return;
	const last = await opened.get(key);
	if (typeof last === 'number' && last > now - day) return;
	await opened.setMany([[key, now]]);
	await removeUnnamedFiles(opened, now);
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>, subtle: SubtleCrypto): Promise<string> {
	const hash = new Uint8Array(await subtle.digest('SHA-256', bytes));
	return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Bytes are no JSON, so this is their parser. */
function isFile(value: unknown): value is KeptFile {
	if (typeof value !== 'object' || value === null) return false;
	const { v, id, mime, name, bytes, savedAt } = value as Partial<Record<keyof KeptFile, unknown>>;
	return (
		v === 2 &&
		[id, mime, name].every((text) => typeof text === 'string') &&
		bytes instanceof Uint8Array &&
		typeof savedAt === 'number'
	);
}
