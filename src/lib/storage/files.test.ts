import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { markDeleted, purgeDeleted, saveConversation } from './conversations.ts';
import { loadFile, nameFile, pruneFiles, removeUnnamedFiles, saveFile } from './files.ts';
import type { Store } from './store.ts';
import { newConversation, newTestStore } from './test-kit.ts';

const bytes = new TextEncoder().encode('a picture');
const hour = 3_600_000;

/** Keeps bytes under the name that they have by themselves. */
async function keep(
	store: Store,
	kept: Uint8Array<ArrayBuffer>,
	name: string,
	subtle?: null
): Promise<string> {
	const id = await nameFile(kept, subtle);
	await saveFile({ id, mime: 'image/png', name, bytes: kept }, store);
	return id;
}

it('keeps the same bytes once, under their SHA-256', async () => {
	const store = newTestStore();
	const id = await keep(store, bytes, 'a.png');
	expect(id).toBe(createHash('sha256').update(bytes).digest('hex'));
	expect(await keep(store, bytes.slice(), 'b.png')).toBe(id);
	expect(await store.keys('file/')).toHaveLength(1);
	expect(await loadFile(id, store)).toMatchObject({ id, mime: 'image/png', name: 'a.png', bytes });
	expect(await loadFile('none', store)).toBeUndefined();
});

it('keeps them under a random id where the page is no secure context', async () => {
	const store = newTestStore();
	const id = await keep(store, bytes, 'a.png', null);
	expect(id).toMatch(/^[0-9a-f]{16}$/);
	expect(await loadFile(id, store)).toMatchObject({ bytes });
});

it('gives no file out of a record that is none', async () => {
	const store = newTestStore();
	await store.setMany([['file/x', { v: 2, id: 'x', bytes: 'text' }]]);
	expect(await loadFile('x', store)).toBeUndefined();
});

it('removes what nothing names, after an hour', async () => {
	const store = newTestStore();
	const named = await keep(store, bytes, 'a.png');
	const other = await keep(store, new Uint8Array(3), 'b.png');
	const message = { parts: [{ type: 'image', source: { file: named } }] };
	await store.setMany([['turn/c/t', { v: 2, message }]]);
	await removeUnnamedFiles(store);
	expect(await store.keys('file/')).toHaveLength(2);
	await removeUnnamedFiles(store, Date.now() + hour + 1);
	expect(await store.keys('file/')).toEqual([`file/${named}`]);
	expect(await loadFile(other, store)).toBeUndefined();
});

it('removes the files of a conversation with it', async () => {
	const store = newTestStore();
	const id = await keep(store, bytes, 'a.png');
	await store.update([`file/${id}`], ([file]) => ({
		put: [[`file/${id}`, { ...(file as object), savedAt: 0 }]],
		result: undefined
	}));
	await saveConversation(newConversation('c'), store);
	await store.setMany([['turn/c/t', { v: 2, message: { parts: [{ source: { file: id } }] } }]]);
	await removeUnnamedFiles(store);
	expect(await loadFile(id, store)).toBeDefined();
	await markDeleted('c', 1, store);
	await purgeDeleted(2, store);
	expect(await loadFile(id, store)).toBeUndefined();
});

it('looks for files that nothing names once a day', async () => {
	const store = newTestStore();
	const now = Date.now();
	const id = await keep(store, bytes, 'a.png');
	await pruneFiles(store, now);
	await pruneFiles(store, now + 23 * hour);
	expect(await loadFile(id, store)).toBeDefined();
	await pruneFiles(store, now + 25 * hour);
	expect(await loadFile(id, store)).toBeUndefined();
});
