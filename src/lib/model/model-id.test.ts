import { describe, expect, it } from 'vitest';
import { bareModelId, familyOf, isProfileId, standsInPath } from './model-id.ts';

describe('standsInPath', () => {
	const ids = [
		'.',
		'..',
		'...',
		'%2e',
		'.%2E',
		'a.b',
		'',
		' . ',
		'us.a.b-v1:0',
		'a/..',
		'%2e%2e%2e'
	];
	it.each(ids)('says of “%s” no less than the address does', (model) => {
		const { pathname } = new URL(`https://x.test/model/${encodeURIComponent(model)}/converse`);
		const keeps = pathname === `/model/${encodeURIComponent(model)}/converse`;
		expect(standsInPath(model) && !keeps).toBe(false);
	});

	it.each(['.', '..', '%2e', '%2E.', ' .. '])('refuses “%s”', (model) => {
		expect(standsInPath(model)).toBe(false);
	});

	it.each(['', '...', 'a', 'us.a.b-v1:0', 'arn:aws:bedrock:us-east-1::x/..'])(
		'takes “%s”',
		(model) => {
			expect(standsInPath(model)).toBe(true);
		}
	);
});

it('knows a profile by its geography', () => {
	expect(isProfileId('us-gov.a.b')).toBe(true);
	expect(isProfileId('usa.b')).toBe(false);
	expect(bareModelId('global.a.b')).toBe('a.b');
	expect(familyOf('eu.a.b')).toBe('a');
});
