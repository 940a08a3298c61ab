import { isFilePart } from './draft.ts';
import type { Part } from './draft.ts';

/** What mends a message whose attachments a service would refuse. */
export type Repair = {
	/** Id of the message; `next` for the one being written. */
	message: string;
} & (
	| { how: 'write'; text: string }
	| { how: 'remove' | 'scale'; part: number }
	| { how: 'rename'; part: number; name: string }
);

/** The parts of a message after a repair that needs nothing but them; those given where it does not fit them. */
export function repairParts(parts: readonly Part[], repair: Repair): Part[] {
	if (repair.how === 'write') return [...parts, { type: 'text', text: repair.text }];
	return parts.flatMap((part, i) => {
		if (i !== repair.part || !isFilePart(part)) return [part];
		if (repair.how === 'rename') return [{ ...part, name: repair.name }];
		return repair.how === 'remove' ? [] : [part];
	});
}
