import { fromBase64 } from '../model/base64.ts';
import { isFilePart } from '../model/draft.ts';
import type { FilePart, Part } from '../model/draft.ts';
import { imageLimits } from '../model/file-limits.ts';
import { repairParts } from '../model/repair.ts';
import type { Repair } from '../model/repair.ts';
import type { Files } from './files.svelte.ts';
import { scaleImage } from './scale-image.ts';

/** The parts of a message after a repair; those given where the browser can't do it. */
export async function repairFiles(
	parts: readonly Part[],
	repair: Repair,
	files: Files,
	scale = scaleImage
): Promise<Part[]> {
	if (repair.how !== 'scale') return repairParts(parts, repair);
	const part = parts[repair.part];
	if (part === undefined || !isFilePart(part)) return [...parts];
	return parts.with(repair.part, await scalePart(part, files, scale));
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
