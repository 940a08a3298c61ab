import { toBase64 } from '../model/base64.ts';
import { filesNamedIn } from '../model/file.ts';
import { loadFile, nameFile, saveFile } from '../storage/files.ts';
import type { NewFile } from './files.svelte.ts';

/** An id and the bytes as base64. */
export type Loaded = readonly [string, string];

/** Keeps a file: `take` gets its bytes, also where there is no room to store them, which `onfull` is told. */
export async function addFile(
	{ bytes, mime, name }: NewFile,
	take: (entries: readonly Loaded[]) => void,
	onfull: () => void
): Promise<{ file: string }> {
	const id = await nameFile(bytes);
	take([[id, toBase64(bytes)]]);
	await saveFile({ id, mime, name, bytes }).catch(onfull);
	return { file: id };
}

/** The stored files that a value names, without those that are known. */
export async function loadFiles(
	value: unknown,
	isKnown: (id: string) => boolean
): Promise<Loaded[]> {
	const ids = [...filesNamedIn(value)].filter((id) => !isKnown(id));
	const files = await Promise.all(ids.map((id) => loadFile(id)));
	return files.flatMap((file) => (file ? [[file.id, toBase64(file.bytes)]] : []));
}
