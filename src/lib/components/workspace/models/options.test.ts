import { describe, expect, it } from 'vitest';
import type { ListedModel } from '../../../catalog/listed.ts';
import { filterGroups, groupsOf, namesModel } from './options.ts';
import type { ModelOption, OptionGroup, Sources, Wanted } from './options.ts';

const region = 'us-west-2';
const arn = `arn:aws:bedrock:${region}:123456789012:application-inference-profile/`;
const sonnet = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

const listed = new Map<string, ListedModel>(
	(
		[
			{ id: 'new.model-1', kind: 'model', from: 'mantle' },
			{ id: 'anthropic.claude-sonnet-5', kind: 'model', from: 'mantle' },
			{ id: `${arn}a`, kind: 'application-profile', from: 'runtime', name: 'team a' },
			{ id: `${arn}b`, kind: 'application-profile', from: 'runtime', name: 'team a' },
			{ id: 'amazon.titan-embed', kind: 'model', from: 'runtime', makesText: false },
			{ id: 'us.new.only-profile', kind: 'system-profile', from: 'runtime' },
			{ id: 'new.only-profile', kind: 'model', from: 'runtime', profileOnly: true }
		] as const
	).map((model) => [model.id, model])
);

function groups(change: Partial<Sources> = {}): OptionGroup[] {
	const sources: Sources = { api: 'converse', region, recent: [], fallback: sonnet, listed };
	return groupsOf({ ...sources, ...change });
}

function find(wanted: Partial<Wanted>, of = groups()): Map<string, string[]> {
	const found = filterGroups(of, { text: '', api: 'converse', ability: undefined, ...wanted });
	return new Map(found.map(({ id, options }) => [id, options.map((option) => option.id)]));
}

function option(id: string): ModelOption | undefined {
	return groups()
		.flatMap(({ options }) => options)
		.find((one) => one.id === id);
}

describe('the options of a model field', () => {
	it('stand once each, in the first group that they belong to', () => {
		const all = groups({ recent: [sonnet, 'my.own'] }).flatMap(({ options }) => options);
		expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
		const found = find({}, groups({ recent: [sonnet, 'my.own'] }));
		expect(found.get('recent')).toEqual([sonnet, 'my.own']);
		expect(found.get('suggested')).not.toContain(sonnet);
		expect([...found.keys()]).toEqual(['recent', 'suggested', 'all', 'service']);
	});

	it('begin with what the tab begins with, and then one of each maker', () => {
		const [first, ...others] = find({}).get('suggested') ?? [];
		expect(first).toBe(sonnet);
		expect(others.length).toBeGreaterThan(3);
		expect(others.some((id) => id.includes('anthropic'))).toBe(false);
	});

	it('of the service are what the catalogue lacks: two profiles of one name are two', () => {
		expect(find({}).get('service')).toEqual([`${arn}a`, `${arn}b`, 'us.new.only-profile']);
		expect(find({ api: 'responses' }).get('service')).toEqual(['new.model-1']);
		expect(find({}, groups({ listed: new Map() })).has('service')).toBe(false);
	});

	it('of a gateway are what was used and what it lists, by whatever names', () => {
		const own = new Map<string, ListedModel>([
			['gpt-own', { id: 'gpt-own', kind: 'model', from: 'gateway' }]
		]);
		const change = { api: 'chat-completions', isGateways: true, listed: own } as const;
		const found = find({ api: 'chat-completions' }, groups({ ...change, recent: ['gpt-used'] }));
		expect([...found]).toEqual([
			['recent', ['gpt-used']],
			['service', ['gpt-own']]
		]);
	});

	it('that no API of the page can call say why, and are found by their name alone', () => {
		expect(option('amazon.titan-embed')?.blocked).toBe('no-text');
		expect(option('anthropic.claude-sonnet-5')?.blocked).toBe('messages-only');
		expect(find({ text: 'titan' }).get('service')).toEqual(['amazon.titan-embed']);
	});

	it.each<[Partial<Wanted>, string, boolean]>([
		[{ text: 'sonnet 4.5' }, sonnet, true],
		[{ text: 'SONNET anthropic' }, sonnet, true],
		[{ text: 'sonnet gpt' }, sonnet, false],
		[{ text: 'team' }, `${arn}b`, true],
		[{ ability: 'audio' }, 'mistral.voxtral-mini-3b-2507', true],
		[{ ability: 'audio' }, sonnet, false],
		[{ api: 'responses' }, sonnet, false],
		[{ api: undefined }, 'openai.gpt-5.4', true],
		[{}, 'openai.gpt-5.4', false]
	])('%j finds %s: %s', (wanted, id, isFound) => {
		expect([...find(wanted).values()].flat().includes(id)).toBe(isFound);
	});

	it('put what has the very id first', () => {
		const found = find({ text: 'openai.gpt-oss-20b', api: 'chat-completions' });
		expect([...found.values()].flat()[0]).toBe('openai.gpt-oss-20b');
	});
});

describe('what was typed and left', () => {
	it.each([
		['us.anthropic.claude-sonnet-5', true],
		['anthropic.claude-sonnet-4-5-20250929-v1:0', true],
		[`${arn}a`, true],
		[`${arn}of-another-account`, true],
		['fault.throttled', true],
		['my.own-model', true],
		['new.only-profile', true],
		['claude-s', false],
		['anthropic.claude', false],
		['two words', false],
		['', false]
	])('%s names a model: %s', (typed, isModel) => {
		expect(namesModel(typed, groups())).toBe(isModel);
	});
});
