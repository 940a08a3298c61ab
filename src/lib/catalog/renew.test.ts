import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newSimulator } from '../simulator/simulator.ts';
import { controlPlane } from './control-plane.ts';
import list from './models.json' with { type: 'json' };
import { printCatalogue, renewCatalogue } from './renew.ts';
import type { Catalogue } from './renew.ts';
import { controlOrigin } from './targets.ts';

const catalogue = list as Catalogue;
const fetch = newSimulator({ speed: 0, requireKey: false });
const region = 'us-west-2';

/** The answers that a person would save. */
async function saved(): Promise<unknown[]> {
	const base = controlOrigin(region);
	const urls = [
		`https://bedrock-mantle.${region}.api.aws/v1/models`,
		controlPlane.listModels(base).url,
		controlPlane.listProfiles(base, 'SYSTEM_DEFINED').url
	];
	return Promise.all(urls.map(async (url) => (await fetch(url)).json()));
}

const idsOf = ({ models }: Catalogue): unknown[] =>
	models.flatMap(({ runtime, mantle }) => [
		...[runtime?.id, mantle?.id],
		...(runtime?.profiles ?? [])
	]);

describe('the catalogue, renewed from saved answers of the live lists,', () => {
	it('keeps what it knows, gets what is new, and the day', async () => {
		const { catalogue: renewed, unread } = renewCatalogue(catalogue, await saved(), '2026-12-01');
		expect([renewed.date, unread]).toEqual(['2026-12-01', []]);
		const after = idsOf(renewed);
		expect(idsOf(catalogue).filter((id) => !after.includes(id))).toEqual([]);
		for (const id of ['qwen.qwen3-32b-v1:0', 'us.openai.gpt-6-luna', 'anthropic.claude-opus-5'])
			expect(after).toContain(id);
		expect(after.some((id) => typeof id === 'string' && id.includes('embed'))).toBe(false);
	});

	it('is the same once more, whatever the order of the answers', async () => {
		const answers = await saved();
		const once = renewCatalogue(catalogue, answers, '2026-12-01').catalogue;
		const twice = renewCatalogue(once, answers.toReversed(), '2026-12-01');
		expect(twice.catalogue).toEqual(once);
		expect(twice.added).toEqual([]);
	});

	it('gives a new model the APIs of its nearest sister, and says so', () => {
		const { catalogue: renewed, added } = renewCatalogue(
			catalogue,
			[
				{ object: 'list', data: [{ id: 'openai.gpt-6.2-sol' }, { id: 'anthropic.claude-x' }] },
				{
					modelSummaries: [
						{
							...{
								modelId: 'openai.gpt-6.2-sol',
								modelName: 'GPT-6.2 Sol',
								providerName: 'OpenAI'
							},
							...{ inputModalities: ['TEXT', 'IMAGE'], outputModalities: ['TEXT'] },
							inferenceTypesSupported: ['INFERENCE_PROFILE'],
							modelLifecycle: { status: 'ACTIVE' }
						}
					]
				},
				{
					inferenceProfileSummaries: [
						{ inferenceProfileId: 'eu.openai.gpt-6.2-sol', type: 'SYSTEM_DEFINED' }
					]
				}
			],
			'2026-12-01'
		);
		const known = renewed.models.find(({ name }) => name === 'GPT-6.2 Sol');
		expect(known).toEqual({
			...{ name: 'GPT-6.2 Sol', provider: 'OpenAI', input: ['text', 'image'] },
			runtime: {
				id: 'openai.gpt-6.2-sol',
				apis: ['converse', 'chat-completions', 'responses'],
				profileOnly: true,
				profiles: ['eu.openai.gpt-6.2-sol']
			},
			mantle: { id: 'openai.gpt-6.2-sol', apis: ['chat-completions', 'responses'] }
		});
		expect(added.map(({ id }) => id)).toEqual(['openai.gpt-6.2-sol', 'openai.gpt-6.2-sol']);
		expect(added.every(({ like }) => /^GPT-6/.test(like))).toBe(true);
	});

	it('follows what the service says of a model that it knows', () => {
		const id = 'amazon.nova-pro-v1:0';
		const summary = {
			...{ modelId: id, inputModalities: ['TEXT'], outputModalities: ['TEXT'] },
			...{ inferenceTypesSupported: ['ON_DEMAND'], modelLifecycle: { status: 'LEGACY' } }
		};
		const { catalogue: renewed } = renewCatalogue(
			catalogue,
			[{ modelSummaries: [summary] }, 'no list', { data: 'none' }],
			'2026-12-01'
		);
		const nova = renewed.models.find(({ runtime }) => runtime?.id === id);
		expect([nova?.status, nova?.input]).toEqual(['legacy', ['text']]);
	});

	it('is written a model a line, as the file is', () => {
		const file = readFileSync(join(import.meta.dirname, 'models.json'), 'utf8');
		expect(printCatalogue(catalogue)).toBe(file);
	});

	it('is written by `npm run catalogue`, which says what to look over', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
		try {
			const files = (await saved()).map((answer, i) => {
				const file = join(folder, `${i}.json`);
				writeFileSync(file, JSON.stringify(answer));
				return file;
			});
			const out = join(folder, 'models.json');
			const script = join(import.meta.dirname, '../../../tests/catalogue.mjs');
			const said = execFileSync(
				process.execPath,
				[script, '--date', '2026-12-01', '--out', out, ...files],
				{ encoding: 'utf8' }
			);
			const { catalogue: renewed, added } = renewCatalogue(catalogue, await saved(), '2026-12-01');
			expect(readFileSync(out, 'utf8')).toBe(printCatalogue(renewed));
			for (const { id } of added) expect(said).toContain(id);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
