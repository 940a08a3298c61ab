import { fileLimits } from '../apis/file-limits.ts';
import { attachedTo, warnOf } from './attached.ts';
import type { Check, Warning } from './check.ts';

/** More images or documents than one request may hold, those of earlier messages among them. */
export const tooManyFiles: Check = (checked) => {
	const limits = fileLimits[checked.api.id];
	if (limits === undefined) return [];
	const all = attachedTo(checked);
	const kinds = [
		{ code: 'too-many-images', type: 'image', most: limits.images },
		{ code: 'too-many-documents', type: 'document', most: limits.documents }
	];
	return kinds.flatMap(({ code, type, most }): Warning[] => {
		const some = all.filter(({ part }) => part.type === type);
		const last = some.at(-1);
		if (some.length <= most || last === undefined) return [];
		return [warnOf(last, { code, values: { count: some.length, most } }, 'remove')];
	});
};
