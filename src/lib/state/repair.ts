import { fromBase64 } from '../model/base64.ts';
import { isFilePart } from '../model/draft.ts';
import type { FilePart, Part } from '../model/draft.ts';
import { imageLimits } from '../model/file-limits.ts';
import { repairParts } from '../model/repair.ts';
import type { Repair } from '../model/repair.ts';
import { partsOf } from '../model/written.ts';
import type { Written } from '../model/written.ts';
import type { Conversation } from './conversation.svelte.ts';
import type { Files } from './files.svelte.ts';
import { scaleImage } from './scale-image.ts';

/**
 * Mends a message whose attachments a service would refuse: the one being written, or a turn, beside which the mended one
 * stands. What the browser can't do changes nothing.
 */
export async function repairMessage(
	conversation: Conversation,
	repair: Repair,
	scale = scaleImage
): Promise<void> {
	const { editor, tree, files } = conversation;
	const isNext = repair.message === 'next';
	const partsNow = () =>
		isNext ? partsOf(editor.written) : tree.turns.get(repair.message)?.message.parts;
	const asked = repair.how === 'scale' ? partsNow()?.[repair.part] : undefined;
	const scaled = asked && isFilePart(asked) ? await scalePart(asked, files, scale) : undefined;
	// Meanwhile it may have been sent, and somebody may have typed on or removed the image.
	const parts = partsNow();
	if (parts === undefined || conversation.live !== undefined) return;
	const isScale = repair.how === 'scale';
	if (isScale && (scaled === undefined || !parts.some((part) => part === asked))) return;
	const repaired =
		scaled === undefined
			? repairParts(parts, repair)
			: parts.map((part) => (part === asked ? scaled : part));
	if (isNext) editor.write(writtenOf(repaired));
	else if (tree.path.some(({ id }) => id === repair.message)) tree.edit(repair.message, repaired);
}

async function scalePart(
	part: FilePart,
	files: Files,
	scale: typeof scaleImage
): Promise<FilePart> {
	const base64 = files.base64Of(part);
	if (base64 === undefined) return part;
	const { mime, name = '' } = part;
	const scaled = await scale({ bytes: fromBase64(base64), mime, name }, imageLimits);
	if (scaled === undefined) return part;
	return { ...part, mime: scaled.mime, source: await files.add(scaled) };
}

/** The message that parts are written as: its first text in the text field, the rest beside it. */
export function writtenOf(parts: readonly Part[]): Written {
	const at = parts.findIndex((part) => part.type === 'text');
	const place = parts[at];
	if (place?.type !== 'text') return { text: '', parts };
	const isPlain = place.extra === undefined && at === parts.length - 1;
	const others = isPlain ? parts.toSpliced(at, 1) : parts.toSpliced(at, 1, { ...place, text: '' });
	return { text: place.text, parts: others };
}
