// How stored conversations are made. The page itself writes them, by its own composer, so that nothing here knows the
// shape of a record; what there is much of are copies of a few under new ids. What is taken as given: an id is 16
// hexadecimal digits, a turn names the one before it as its `parent`, and a conversation its last one as its `leaf`.

/** A model of the bench's server that answers at once with so many characters, after the words of the prompt. */
const modelFor = (characters) => `bench-toldchars${characters}-max`;

/**
 * Sends prompts until the conversation has so many answers of so many characters.
 *
 * @param {{ from?: number; to: number; characters: number }} turns
 */
export async function tellConversation({ page }, { from = 0, to, characters }) {
	await page.getByRole('combobox', { name: 'Model' }).fill(modelFor(characters));
	for (let i = from; i < to; i += 1) await tell(page, `Question ${i} of many`);
}

/** Sends one prompt and waits until its answer is there as a whole. */
async function tell(page, prompt) {
	await page.getByRole('textbox', { name: 'Message' }).fill(prompt);
	await page.keyboard.press('Control+Enter');
	await page.waitForFunction(
		(start) => {
			const last = (selector) => [...document.querySelectorAll(selector)].at(-1)?.textContent ?? '';
			return (
				last('[data-testid=answer]').includes(start) && /total/.test(last('[data-testid=metrics]'))
			);
		},
		`Answer to ${prompt}`,
		{ timeout: 60_000 }
	);
}

/** Sends so many prompts, each in a conversation of its own. */
export async function tellConversations(session, { count, characters }) {
	for (let i = 0; i < count; i += 1) {
		await tellConversation(session, { from: i, to: i + 1, characters });
		await session.page.getByRole('button', { name: 'New conversation' }).click();
	}
}

/** Copies every stored conversation so many times under new ids. Nothing of a key is copied. */
export async function copyConversations({ page }, times) {
	await page.evaluate(async (times) => {
		const settled = (request) =>
			new Promise((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		const idPattern = /\b[0-9a-f]{16}\b/g;
		const newId = () =>
			[...crypto.getRandomValues(new Uint8Array(8))]
				.map((byte) => byte.toString(16).padStart(2, '0'))
				.join('');
		/** A structured clone in which ids have become others. */
		const rename = (value, names) => {
			if (typeof value === 'string') return value.replace(idPattern, (id) => names.get(id) ?? id);
			if (Array.isArray(value)) return value.map((one) => rename(one, names));
			if (value === null || typeof value !== 'object') return value;
			if (Object.getPrototypeOf(value) !== Object.prototype) return value;
			return Object.fromEntries(
				Object.entries(value).map(([key, one]) => [key, rename(one, names)])
			);
		};
		const infos = (await indexedDB.databases()).sort((a, b) => a.name.localeCompare(b.name));
		const all = [];
		const ofKeys = new Set();
		for (const { name } of infos) {
			const database = await settled(indexedDB.open(name));
			for (const store of database.objectStoreNames) {
				const read = database.transaction(store).objectStore(store);
				const [keys, values] = await Promise.all([
					settled(read.getAllKeys()),
					settled(read.getAll())
				]);
				// Where the secret is, there is nothing to copy, and its id stays in what names it.
				if (JSON.stringify(values).includes('bedrock-api-key-')) {
					for (const [id] of JSON.stringify(values).matchAll(idPattern)) ofKeys.add(id);
				} else all.push({ database, store, records: keys.map((key, i) => [key, values[i]]) });
			}
		}
		const ids = new Set();
		for (const { records } of all) {
			for (const [key] of records) for (const [id] of String(key).matchAll(idPattern)) ids.add(id);
			// A record's key may hold one id and its value others that belong to it.
			for (const [, value] of records) {
				for (const [id] of (JSON.stringify(value) ?? '').matchAll(idPattern)) ids.add(id);
			}
		}
		for (let copy = 0; copy < times; copy += 1) {
			const names = new Map([...ids].filter((id) => !ofKeys.has(id)).map((id) => [id, newId()]));
			for (const { database, store, records } of all) {
				const transaction = database.transaction(store, 'readwrite');
				for (const [key, value] of records) {
					const renamed = rename(key, names);
					if (renamed !== key) transaction.objectStore(store).put(rename(value, names), renamed);
				}
				await new Promise((resolve, reject) => {
					transaction.oncomplete = resolve;
					transaction.onerror = () => reject(transaction.error);
				});
			}
		}
		for (const { database } of all) database.close();
	}, times);
}

/**
 * Lengthens the one conversation there is: its first `block` exchanges are copied under new ids to its end, with their
 * numbers counted on, until there are so many of them.
 */
export async function lengthenConversation({ page }, { block, from, to }) {
	await page.evaluate(
		async ({ block, from, to }) => {
			const settled = (request) =>
				new Promise((resolve, reject) => {
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(request.error);
				});
			const idPattern = /\b[0-9a-f]{16}\b/g;
			const newId = () =>
				[...crypto.getRandomValues(new Uint8Array(8))]
					.map((byte) => byte.toString(16).padStart(2, '0'))
					.join('');
			const database = await settled(indexedDB.open('bedrock-playground'));
			const open = (mode) => database.transaction('records', mode).objectStore('records');
			const readAll = async () => {
				const store = open();
				const [keys, values] = await Promise.all([
					settled(store.getAllKeys()),
					settled(store.getAll())
				]);
				return keys.map((key, i) => [key, values[i]]);
			};
			const isEnded = ([key, { times }]) => key.startsWith('run/') && times?.end !== undefined;
			let records = await readAll();
			// The page shows an answer before it has stored it.
			while (records.filter(isEnded).length < block) {
				await new Promise((resolve) => setTimeout(resolve, 100));
				records = await readAll();
			}
			const numberOf = (value) => Number(/Question (\d+) of many/.exec(JSON.stringify(value))?.[1]);
			const kindOf = (key) => key.slice(0, key.indexOf('/'));
			const [conversationKey, conversation] = records.find(([key]) =>
				key.startsWith('conversation/')
			);
			const turns = records.filter(([key]) => kindOf(key) === 'turn');
			const first = turns.filter(([, value]) => numberOf(value) < block);
			const ids = new Set(first.map(([, { id }]) => id));
			const runs = records.filter(([key, { turn }]) => kindOf(key) === 'run' && ids.has(turn));
			for (const [, { id }] of runs) ids.add(id);
			const chunks = records.filter(
				([key]) =>
					!['turn', 'run'].includes(kindOf(key)) &&
					[...ids].some((id) => key.split('/').includes(id))
			);
			let { leaf } = conversation;
			for (let at = from; at < to; at += block) {
				const names = new Map([...ids].map((id) => [id, newId()]));
				const rename = (value) => {
					if (typeof value === 'string') {
						return value
							.replace(idPattern, (id) => names.get(id) ?? id)
							.replace(/Question (\d+) of many/g, (_, n) => `Question ${Number(n) + at} of many`);
					}
					if (Array.isArray(value)) return value.map(rename);
					if (value === null || typeof value !== 'object') return value;
					if (Object.getPrototypeOf(value) !== Object.prototype) return value;
					return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, rename(one)]));
				};
				const before = leaf;
				const store = open('readwrite');
				for (const [key, value] of [...first, ...runs, ...chunks]) {
					const copy = rename(value);
					if (kindOf(key) === 'turn' && copy.parent === undefined) copy.parent = before;
					store.put(copy, rename(key));
				}
				const last = first.find(([, { id }]) => !first.some(([, { parent }]) => parent === id));
				leaf = names.get(last[1].id);
				store.put({ ...conversation, leaf }, conversationKey);
				await new Promise((resolve, reject) => {
					store.transaction.oncomplete = resolve;
					store.transaction.onerror = () => reject(store.transaction.error);
				});
			}
			database.close();
		},
		{ block, from, to }
	);
}

/** MB of all records of the page: text as JSON, bytes as they are. */
export function sizeOfStored({ page }) {
	return page.evaluate(async () => {
		const settled = (request) =>
			new Promise((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		const sizeOf = (value) => {
			if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
			if (value instanceof Blob) return value.size;
			if (Array.isArray(value)) return value.reduce((sum, one) => sum + sizeOf(one), 2);
			if (value === null || typeof value !== 'object') return JSON.stringify(value)?.length ?? 0;
			return Object.entries(value).reduce(
				(sum, [key, one]) => sum + key.length + 4 + sizeOf(one),
				2
			);
		};
		let bytes = 0;
		for (const { name } of await indexedDB.databases()) {
			const database = await settled(indexedDB.open(name));
			for (const store of database.objectStoreNames) {
				const all = await settled(database.transaction(store).objectStore(store).getAll());
				for (const value of all) bytes += sizeOf(value);
			}
			database.close();
		}
		return bytes / 1e6;
	});
}
