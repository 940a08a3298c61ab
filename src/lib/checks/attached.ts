import { isFilePart } from '../model/draft.ts';
import type { FilePart, Message } from '../model/draft.ts';
import type { Repair } from '../model/repair.ts';
import type { Checked, Warning } from './check.ts';

/** An attachment in its place. */
export interface Attached {
	part: FilePart;
	message: Message;
	/** Its place among the parts of the message; of what a tool gave, that of the result. */
	at: number;
	/** Whether a tool gave it. */
	isResult: boolean;
}

/** Every attachment of a message, and of what tools gave in it, in their order. */
export function attachedTo({ draft }: Checked): Attached[] {
	return draft.messages.flatMap((message) =>
		message.parts.flatMap((part, at) => {
			const isResult = part.type === 'tool-result';
			const files = (isResult ? part.parts : [part]).filter(isFilePart);
			return files.map((file) => ({ part: file, message, at, isResult }));
		})
	);
}

/** What a sentence calls an attachment. */
export function nameOf({ part }: Attached): string {
	return part.name ?? part.type;
}

/** What the button of each repair says. */
const fixes = {
	remove: { label: 'file-remove' },
	scale: { label: 'file-scale' },
	rename: { label: 'file-rename' },
	write: { label: 'file-write' }
};

/** A warning about an attachment; it can be mended by a button only where it stands in a message of the page's own. */
export function warnOf(
	attached: Attached,
	{ code, values }: Pick<Warning, 'code' | 'values'>,
	how: 'remove' | 'scale' | { name: string }
): Warning {
	const { message, at, isResult } = attached;
	const all = { name: nameOf(attached), ...values };
	if (message.id === '') return { code, values: all };
	if (isResult) return { code, values: all, at: { message: message.id } };
	const place = { message: message.id, part: at };
	const repair: Repair =
		typeof how === 'string' ? { ...place, how } : { ...place, how: 'rename', name: how.name };
	return {
		...{ code, values: all, at: { message: message.id } },
		fix: { ...fixes[repair.how], repair }
	};
}
