import type { Page } from 'playwright/test';

/** Every record of every IndexedDB database of the page's origin as JSON text, by the database's short name. */
export function readDatabases(page: Page): Promise<Record<string, string>> {
	return page.evaluate(async () => {
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
			return [name.replace('bedrock-playground-', ''), JSON.stringify(records)] as const;
		};
		return Object.fromEntries(await Promise.all((await indexedDB.databases()).map(read)));
	});
}

/** Writes a value into a store of the page, as if it had been there from an older or broken version. */
export async function writeRecord(page: Page, kind: string, key: string, value: unknown) {
	await page.evaluate(
		async ([kind, key, value]) => {
			await new Promise((resolve, reject) => {
				const opening = indexedDB.open(`bedrock-playground-${kind}`);
				opening.onerror = reject;
				// A kind that nothing has been stored of yet.
				opening.onupgradeneeded = () => opening.result.createObjectStore(kind);
				opening.onsuccess = () => {
					const transaction = opening.result.transaction(kind, 'readwrite');
					transaction.objectStore(kind).put(value, key);
					transaction.oncomplete = () => resolve(opening.result.close());
					transaction.onerror = reject;
				};
			});
		},
		[kind, key, value] as const
	);
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
