import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { applyPreset, builtInPresets, presetOf } from '../model/preset.ts';
import type { RequestSettings } from '../model/turn.ts';
import { storeOf } from '../storage/test-kit.ts';

beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
	vi.resetModules();
});

/** The presets as a page that was just opened has them. */
async function open() {
	vi.resetModules();
	const { Presets } = await import('./presets.svelte.ts');
	const presets = new Presets();
	await presets.load();
	return presets;
}

const settings: RequestSettings = {
	...{ model: 'a.b', stream: true },
	system: { id: 's', role: 'system', parts: [] },
	params: { temperature: 0.2, metadata: { team: 'a' } },
	output: { type: 'object' },
	extra: { converse: { additionalModelRequestFields: { top_k: 5 } } },
	tools: [{ type: 'function', name: 'f' }]
};
const kept = { params: settings.params, output: settings.output, extra: settings.extra };

describe('presets', () => {
	it('are there again when the page is opened again: parameters, but no model, texts or tools', async () => {
		await (await open()).save('Strict', settings);
		const { list } = await open();
		expect(list).toMatchObject([{ v: 1, name: 'Strict' }]);
		expect(list[0]?.settings).toEqual(kept);
	});

	it('are saved over under the same name, renamed, deleted and brought back', async () => {
		const presets = await open();
		await presets.save('b', settings);
		await presets.save('a', settings);
		await presets.save('b', { ...settings, params: {} });
		expect(presets.list.map(({ name }) => name)).toEqual(['a', 'b']);
		expect(presets.list[1]?.settings.params).toEqual({});
		const [first] = presets.list;
		if (first === undefined) throw new Error('none');
		await presets.rename(first, 'c');
		expect((await open()).list.map(({ name }) => name)).toEqual(['b', 'c']);
		const [deleted] = presets.list;
		if (deleted !== undefined) await presets.delete(deleted);
		expect((await open()).list.map(({ name }) => name)).toEqual(['c']);
		await presets.bringBack();
		expect((await open()).list.map(({ name }) => name)).toEqual(['b', 'c']);
		expect(presets.isLost).toBe(false);
	});

	it('of a newer version are left alone, and broken ones set aside', async () => {
		const store = storeOf('bedrock-playground');
		const newer = { v: 2, id: 'n', title: 'newer' };
		await store.setMany([
			['preset/n', newer],
			['preset/x', { v: 1, id: 'x', name: 5 }]
		]);
		const presets = await open();
		expect(presets.list).toEqual([]);
		expect(await store.get('preset/n')).toEqual(newer);
		expect(await store.keys('bad:preset/')).toEqual(['bad:preset/x']);
	});
});

describe('a preset that is used', () => {
	it('sends nothing of what it does not hold, and leaves the rest as it is', () => {
		const { model, stream, system, tools } = settings;
		expect(applyPreset(settings, builtInPresets.nothing, () => true)).toEqual({
			...{ model, stream, system, tools, params: {} }
		});
	});

	it('brings back what it was saved from, fields without a control too, in place of what is there', () => {
		const there: RequestSettings = {
			...{ model: 'c.d', params: { maxTokens: 5 } },
			extra: { converse: { other: 1 } }
		};
		const used = applyPreset(there, presetOf(settings), () => true);
		expect(used).toEqual({ model: 'c.d', ...kept });
	});

	it('sets only what the API takes', () => {
		const used = applyPreset(settings, builtInPresets.deterministic, (name) => name !== 'seed');
		expect(used.params).toEqual({ temperature: 0 });
	});
});
