import { describe, expect, it } from 'vitest';
import { requestApis } from '../apis/outgoing.ts';
import { targetFor } from '../catalog/targets.ts';
import { applyChange } from '../model/draft-change.ts';
import type { Draft } from '../model/draft.ts';
import { background } from './background.ts';

const api = requestApis.responses;
const draft: Draft = {
	...{ model: 'openai.gpt-oss-120b', endpoint: 'mantle' },
	...{ messages: [], params: { background: true } }
};
const codesOf = (one: Draft) =>
	background({ draft: one, api, target: targetFor(api, one, 'us-west-2') }).map(({ code }) => code);

describe('a response in the background', () => {
	it.each([
		['on mantle', {}, []],
		['on the runtime', { endpoint: 'runtime' }, ['background-place']],
		['that is not stored', { params: { store: false } }, ['background-store']],
		['that is not asked for', { params: { background: undefined, store: false } }, []]
	] as const)('%s', (_, change, codes) => {
		expect(codesOf(applyChange(draft, change))).toEqual(codes);
	});

	it('is sent where it is taken, by the button', () => {
		const refused = applyChange(draft, { endpoint: 'runtime' });
		const [found] = background({
			...{ draft: refused, api },
			target: targetFor(api, refused, 'us-west-2')
		});
		const fix = found?.fix;
		if (fix === undefined || !('change' in fix)) throw new Error('No button');
		expect(codesOf(applyChange(refused, fix.change))).toEqual([]);
	});
});
