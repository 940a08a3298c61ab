import { takenFilesOf } from '../apis/files.ts';
import { fileLimits } from '../apis/file-limits.ts';
import type { RequestApi } from '../apis/api.ts';
import { formats } from '../model/file-formats.ts';
import { formatOf } from '../model/media-types.ts';
import { attachedTo, warnOf } from './attached.ts';
import type { Attached } from './attached.ts';
import type { Check, Warning } from './check.ts';

/** An attachment that the API has no field for, whose format Bedrock does not take, or that it can't get at. */
export const unsendableFiles: Check = (checked) => {
	const { api, target } = checked;
	const taken = takenFilesOf(api, target.endpoint);
	return attachedTo(checked).flatMap((attached): Warning[] => {
		const { part } = attached;
		const values = { api: api.label, type: part.type, mime: part.mime };
		const from = taken[part.type];
		if (from === undefined) return [warnOf(attached, { code: 'file-kind', values }, 'remove')];
		if (attached.isResult && !api.toolResult.files.includes(part.type))
			return [warnOf(attached, { code: 'file-result', values }, 'remove')];
		if ('file' in part.source) return [warnOf(attached, { code: 'file-gone', values }, 'remove')];
		if ('url' in part.source && !isReadable(part.source.url, from))
			return [warnOf(attached, { code: 'file-address', values }, 'remove')];
		if (part.mime !== '' && !formats[part.type].includes(formatOf(part.type, part.mime) ?? ''))
			return [warnOf(attached, { code: 'file-format', values }, 'remove')];
		return isMisplaced(attached, api)
			? [warnOf(attached, { code: 'file-role', values }, 'remove')]
			: [];
	});
};

function isReadable(url: string, from: 's3' | 'web' | 'none'): boolean {
	return from === 'web' || (from === 's3' && url.startsWith('s3://'));
}

function isMisplaced({ message }: Attached, { id }: RequestApi): boolean {
	return fileLimits[id]?.userOnly === true && message.role === 'assistant';
}
