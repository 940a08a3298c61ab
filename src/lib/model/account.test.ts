import { expect, it } from 'vitest';
import { accountOf } from './account.ts';

it.each<[string, string, string | undefined]>([
	// The example of the page that describes it.
	['a new id', 'ASIAQNZGKIQY56JQ7WML', '029608264753'],
	['an id of the older kind', 'AKIAIOSFODNN7EXAMPLE', undefined],
	['a short one', 'ASIAQNZG', undefined],
	['what is no id', 'ASIA10000000000000', undefined]
])('%s tells its account or nothing', (_, id, account) => {
	expect(accountOf(id)).toBe(account);
});
