import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { markDeleted, purgeDeleted, saveConversation } from './conversations.ts';
import { loadFile, removeUnnamedFiles, saveFile } from './files.ts';
import { newConversation, newTestStore } from './test-kit.ts';

const bytes = new TextEncoder().encode('a picture');
const hour = 3_600_000;

it('keeps the same bytes once, under their SHA-256', async () => {
	const store = newTestStore();
	const id = await saveFile(bytes, 'image/png', 'a.png', store);
	expect(id).toBe(createHash('sha256').update(bytes).digest('hex'));
	expect(await saveFile(bytes.slice(), 'image/png', 'b.png', store)).toBe(id);
	expect(await store.keys('file/')).toHaveLength(1);
	expect(await loadFile(id, store)).toMatchObject({ id, mime: 'image/png', name: 'a.png', bytes });
	expect(await loadFile('none', store)).toBeUndefined();
});

it('keeps them under a random id where the page is no secure context', async () => {
	const store = newTestStore();
	const id = await saveFile(bytes, 'image/png', 'a.png', store, null);
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
	const named = await saveFile(bytes, 'image/png', 'a.png', store);
	const other = await saveFile(new Uint8Array(3), 'image/png', 'b.png', store);
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
	const id = await saveFile(bytes, 'image/png', 'a.png', store);
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
