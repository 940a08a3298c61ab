import type { Check } from './check.ts';

/** A response in the background is asked for where none is made: only mantle makes them, and only such as are stored. */
export const background: Check = ({ draft: { params, extra }, api, target }) => {
	const asked = params.background ?? extra?.[api.id]?.['background'];
	if (!api.chains || asked !== true) return [];
	const at = { param: 'background' } as const;
	if (target.endpoint !== 'mantle') {
		const change = { endpoint: 'mantle' } as const;
		return [{ code: 'background-place', at, fix: { label: 'to-mantle', change } }];
	}
	const store = params.store ?? extra?.[api.id]?.['store'];
	if (store !== false) return [];
	const change = { params: { store: undefined } };
	return [{ code: 'background-store', at, fix: { label: 'store', change } }];
};
