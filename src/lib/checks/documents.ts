import { fileLimits } from '../apis/file-limits.ts';
import { attachedTo, nameOf, warnOf } from './attached.ts';
import type { Check, Warning } from './check.ts';

/** Characters of the longest name that Converse takes. */
const longest = 200;

/** A document whose name loses letters because the service takes none of them, or that is too long. */
export const documentNames: Check = (checked) => {
	const limits = fileLimits[checked.api.id];
	if (limits === undefined) return [];
	const documents = attachedTo(checked).filter(({ part }) => part.type === 'document');
	return documents.flatMap((attached, i): Warning[] => {
		const name = nameOf(attached);
		const said = limits.sayName(name);
		const isWhole = !/[\p{L}\p{N}]/u.test(name.replace(/[A-Za-z0-9]/g, ''));
		if (isWhole && said.length <= longest) return [];
		const free = `Document ${i + 1}`;
		return [
			warnOf(
				attached,
				{ code: 'document-name', values: { said: said.slice(0, 60), free } },
				{ name: free }
			)
		];
	});
};

/** A message with a document and no text, which the service refuses. */
export const documentAlone: Check = ({ api, draft }) => {
	if (fileLimits[api.id]?.documentNeedsText !== true) return [];
	return draft.messages.flatMap(({ id, role, parts }): Warning[] => {
		const isAlone =
			role === 'user' &&
			parts.some(({ type }) => type === 'document') &&
			!parts.some((part) => part.type === 'text' && part.text.trim() !== '');
		if (!isAlone) return [];
		const warning = { code: 'document-alone' };
		if (id === '') return [warning];
		const repair = { message: id, how: 'write', text: 'Read the attached document.' } as const;
		return [{ ...warning, at: { message: id }, fix: { label: 'file-write', repair } }];
	});
};
