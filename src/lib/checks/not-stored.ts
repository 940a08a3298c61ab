import type { Json } from '../model/json.ts';
import { wireNameOf } from '../apis/forms.ts';
import type { Check, Warning } from './check.ts';

const encrypted = 'reasoning.encrypted_content';

/**
 * The next answer is not to be kept by the service, so that the turn after it sends the whole history; and its reasoning
 * only where it comes encrypted, because an id alone names what nobody has kept.
 */
export const notStored: Check = ({ draft: { params, extra }, api }) => {
	if (!api.chains || (params.store ?? extra?.[api.id]?.['store']) !== false) return [];
	const found: Warning[] = [
		{
			code: 'store-off',
			at: { param: 'store' },
			...(params.store === false && {
				fix: { label: 'store', change: { params: { store: undefined } } }
			})
		}
	];
	const include = listOf(params.include);
	if (!include.includes(encrypted)) {
		const to = [...include, encrypted];
		found.push({
			code: 'reasoning-lost',
			values: { name: wireNameOf(api, 'include'), value: encrypted },
			at: { param: 'include' },
			fix: { label: 'include', change: { params: { include: to } } }
		});
	}
	return found;
};

function listOf(value: Json | undefined): Json[] {
	return Array.isArray(value) ? value : [];
}
