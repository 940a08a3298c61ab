import type { FileType } from './draft.ts';

const office = 'application/vnd.openxmlformats-officedocument';

/** Media types by the services' names for formats, where they are not the kind and that name (`image/png`). */
const named: Record<FileType, Readonly<Record<string, string>>> = {
	image: {},
	document: {
		pdf: 'application/pdf',
		csv: 'text/csv',
		doc: 'application/msword',
		docx: `${office}.wordprocessingml.document`,
		xls: 'application/vnd.ms-excel',
		xlsx: `${office}.spreadsheetml.sheet`,
		html: 'text/html',
		txt: 'text/plain',
		md: 'text/markdown'
	},
	audio: {
		mp3: 'audio/mpeg',
		mpeg: 'audio/x-mpeg',
		m4a: 'audio/x-m4a',
		mka: 'audio/x-matroska'
	},
	video: {
		mkv: 'video/x-matroska',
		mov: 'video/quicktime',
		flv: 'video/x-flv',
		wmv: 'video/x-ms-wmv',
		three_gp: 'video/3gpp'
	}
};

/** The media type of a format by its name at the services; undefined for a document of none of theirs. */
export function mimeOf(type: FileType, format: string): string | undefined {
	const known = named[type];
	if (Object.hasOwn(known, format)) return known[format];
	return type === 'document' ? undefined : `${type}/${format}`;
}

/** What the services call the format of a media type; undefined for one that is no such file. */
export function formatOf(type: FileType, mime: string): string | undefined {
	const known = Object.entries(named[type]).find(([, one]) => one === mime)?.[0];
	if (known !== undefined || type === 'document') return known;
	return mime.startsWith(`${type}/`) ? mime.slice(type.length + 1) : undefined;
}
