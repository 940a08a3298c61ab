import { describe, expect, it } from 'vitest';
import { modelName, servesRegion } from '../catalog/models.ts';
import { runtimeRegions } from '../catalog/targets.ts';
import type { ApiId, Draft, Message, Part } from '../model/draft.ts';
import { newMessage } from '../model/draft.ts';
import { isProfileId } from '../model/model-id.ts';
import type { Loss } from './api.ts';
import { apis } from './index.ts';
import { buildBody, mantle, model, newAnswer, newDraft } from './test-kit.ts';

describe.each(Object.values(apis))('every API: $id', ({ id, params, build, ...api }) => {
	const other: ApiId = id === 'converse' ? 'responses' : 'converse';
	const foreign: Part = { type: 'opaque', api: other, value: { image: {} } };

	it('gives each parameter a path of its own', () => {
		const paths = Object.values(params).map((path) => path.join('.'));
		expect(new Set(paths).size).toBe(paths.length);
	});

	it('offers for a fresh draft a model that the catalogue knows, in every Region', () => {
		for (const region of runtimeRegions) {
			const id = api.defaultModel(region);
			expect(modelName(id), region).toBeDefined();
			if (isProfileId(id)) expect(servesRegion(id, region), region).toBe(true);
		}
	});

	it('says nothing of an empty draft', () => {
		const empty = { model: '', messages: [], params: {} };
		expect(buildBody(build, empty)).toEqual({ body: {}, losses: [] });
	});

	it('never sends a local id or where an answer came from', () => {
		const answer = newAnswer(model, { type: 'text', text: 'Hi' });
		const draft = newDraft({ messages: [newMessage('user', 'x'), answer] });
		expect(build(draft, mantle).request.body).not.toMatch(/"(id|from|run|as|extra|parts)"/);
	});

	const turn: Message = { id: '', role: 'user', parts: [foreign] };
	const system = { ...newMessage('system', ''), extra: { [other]: { a: 1 } } };
	it.each<[string, Partial<Draft>, Loss]>([
		['a part of another API', { messages: [turn] }, { code: 'part', type: 'opaque' }],
		[
			'a message that another API kept whole',
			{ messages: [{ ...turn, role: 'opaque' }] },
			{ code: 'part', type: 'opaque' }
		],
		[
			'the fields of another API',
			{ extra: { [other]: { seed: 1 } } },
			{ code: 'extra', api: other }
		],
		['the fields that its system prompt has', { system }, { code: 'extra', api: other }]
	])('reports %s as lost', (_, fields, loss) => {
		expect(buildBody(build, fields).losses).toEqual([loss]);
	});

	it.each([null, 5, 'x', []])('takes %j for nothing', (data) => {
		expect(api.parseEvent('', data)).toEqual([]);
		expect(api.parseBody(data)).toEqual([]);
	});
});
