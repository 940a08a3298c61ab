import { describe, expect, it } from 'vitest';
import { nextTask } from '../model/next-task.ts';
import { partOf, preload } from './later.ts';

describe('partOf', () => {
	it('gives the part itself once it is loaded, so that it is drawn without waiting', async () => {
		const part = { id: 'a' };
		let loads = 0;
		const load = () => {
			loads += 1;
			return Promise.resolve(part);
		};
		const first = partOf(load);
		expect(first).toBeInstanceOf(Promise);
		expect(await first).toBe(part);
		expect(partOf(load)).toBe(part);
		expect(loads).toBe(1);
	});

	it('loads again what could not be loaded', async () => {
		let isThere = false;
		const load = () => (isThere ? Promise.resolve('part') : Promise.reject(new Error('Gone')));
		await expect(partOf(load)).rejects.toThrow('Gone');
		isThere = true;
		expect(await partOf(load)).toBe('part');
		expect(partOf(load)).toBe('part');
	});
});

describe('partOf while the page is being drawn', () => {
	it('asks for a part only in a task of its own', async () => {
		let loads = 0;
		const part = partOf(() => {
			loads += 1;
			return Promise.resolve('part');
		});
		await Promise.resolve();
		expect(loads).toBe(0);
		expect(await part).toBe('part');
		expect(loads).toBe(1);
	});
});

describe('preload', () => {
	it('has the part there when it is shown, and leaves it to that to say what could not be loaded', async () => {
		const load = () => Promise.resolve('part');
		preload(load);
		await nextTask();
		expect(partOf(load)).toBe('part');
		const gone = () => Promise.reject(new Error('Gone'));
		preload(gone);
		await expect(partOf(gone)).rejects.toThrow('Gone');
	});
});
