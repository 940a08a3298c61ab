import type { Page } from 'playwright/test';

/** The page's two databases, by what is in them. */
const databases = { records: 'bedrock-playground', secrets: 'bedrock-playground-vault' } as const;

/** Every record of every IndexedDB database of the page's origin as JSON text, by `records`, `secrets` or its own name. */
export async function readDatabases(page: Page): Promise<Record<string, string>> {
	const read = await page.evaluate(async () => {
		const settled = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(new Error('IndexedDB could not be read'));
			});
		const read = async ({ name = '' }: IDBDatabaseInfo) => {
			const database = await settled(indexedDB.open(name));
			const records = [];
			for (const store of database.objectStoreNames) {
				const all = database.transaction(store).objectStore(store);
				records.push(await settled(all.getAllKeys()), await settled(all.getAll()));
			}
			database.close();
			return [name, JSON.stringify(records)] as const;
		};
		return Promise.all((await indexedDB.databases()).map(read));
	});
	const names = new Map<string, string>(
		Object.entries(databases).map(([kind, name]) => [name, kind])
	);
	return Object.fromEntries(read.map(([name, records]) => [names.get(name) ?? name, records]));
}

/** Reads every record of the page, without its secrets, as JSON text; for `expect.poll`. */
export const recordsOf = (page: Page) => async (): Promise<string | undefined> =>
	(await readDatabases(page)).records;

/** Keys of the records that begin with `prefix`, in order. */
export function readKeys(page: Page, prefix: string): Promise<string[]> {
	return page.evaluate(
		([name, prefix]) =>
			new Promise<string[]>((resolve, reject) => {
				const opening = indexedDB.open(name);
				opening.onerror = reject;
				opening.onsuccess = () => {
					const store = opening.result.transaction('records').objectStore('records');
					const keys = store.getAllKeys(IDBKeyRange.bound(prefix, `${prefix}\uffff`));
					keys.onerror = reject;
					keys.onsuccess = () => {
						opening.result.close();
						resolve(keys.result.map(String));
					};
				};
			}),
		[databases.records, prefix] as const
	);
}

/** Writes a value into a database of the page, as if it had been there from an older or broken version. */
export async function writeRecord(
	page: Page,
	database: keyof typeof databases,
	key: string,
	value: unknown
) {
	await writeInto(page, databases[database], 'records', key, value);
}

/** Writes a value into any database of the page's origin; what is not there yet is made. */
export async function writeInto(
	page: Page,
	database: string,
	store: string,
	key: string,
	value: unknown
) {
	await page.evaluate(
		async ([database, store, key, value]) => {
			await new Promise((resolve, reject) => {
				const opening = indexedDB.open(database);
				opening.onerror = reject;
				opening.onupgradeneeded = () => opening.result.createObjectStore(store);
				opening.onsuccess = () => {
					const transaction = opening.result.transaction(store, 'readwrite');
					transaction.objectStore(store).put(value, key);
					transaction.oncomplete = () => resolve(opening.result.close());
					transaction.onerror = reject;
				};
			});
		},
		[database, store, key, value] as const
	);
}

/** Fills both databases, which are not there yet; `records` and `secrets` by their keys. */
export async function fillDatabases(
	page: Page,
	contents: Record<keyof typeof databases, Record<string, unknown>>
) {
	for (const [kind, records] of Object.entries(contents)) {
		for (const [key, value] of Object.entries(records)) {
			await writeRecord(page, kind as keyof typeof databases, key, value);
		}
	}
}

/** Everything that the page has said or kept outside IndexedDB, as text: the document, what is in its fields, all storage. */
export function readSurfaces(page: Page): Promise<string> {
	return page.evaluate(async () => {
		const fields = [...document.querySelectorAll('input, textarea')];
		const cached = await Promise.all(
			(await caches.keys()).map(async (name) => {
				const cache = await caches.open(name);
				return (await cache.keys()).map(({ url }) => url).join('\n');
			})
		);
		return [
			document.documentElement.outerHTML,
			...fields.map((field) => (field as HTMLInputElement).value),
			document.title,
			document.cookie,
			location.href,
			JSON.stringify(history.state),
			JSON.stringify({ ...localStorage }),
			JSON.stringify({ ...sessionStorage }),
			window.name,
			...cached
		].join('\n');
	});
}
