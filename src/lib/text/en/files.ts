import type { FileType } from '../../model/draft.ts';
import type { Refusal } from '../../model/file.ts';
import { formatBytes } from '../format.ts';
import { section } from '../section.ts';

/** Words of attachments. */
export const files = section('files', {
	attach: 'Attach',
	insert: 'Insert',
	attached: 'Attached',
	dropHere: 'Drop files to attach them',
	adding: 'Reading the file',
	loading: 'Loading the attachments',
	gone: 'The file is not stored any more. Attach it again.',
	remove: (name: string) => `Remove ${name}`,
	download: (name: string) => `Download ${name}`,
	types: {
		image: 'Image',
		document: 'Document',
		audio: 'Sound',
		video: 'Video'
	} satisfies Record<FileType, string>,
	at: (host: string) => `at ${host}, read by the service`,
	citations: 'Citations',
	citationsHow: 'The answer names the places in this document that it takes its words from',
	/** What is kept whole and shown by its name. */
	kept: (name: string) => `Kept as it is: \`${name}\``,
	pasted: (characters: number) =>
		`You pasted ${characters.toLocaleString('en')} characters. They can go as a file instead.`,
	asTextFile: 'Attach as a text file',
	keepText: 'Keep as text',
	pastedName: 'Pasted text.txt',
	pictureName: 'Picture',
	dismiss: 'Dismiss',
	address: {
		item: 'File at an address',
		label: 'Address',
		kind: 'Kind',
		how: {
			s3: 'An `s3://` address that the service reads with your permissions. This page does not load it.',
			web: 'An `https://` or `s3://` address that the service reads. This page does not load it.'
		},
		add: 'Attach the address'
	},
	marks: {
		cache: 'Cache point after this text',
		guard: 'Guard this text'
	},
	marked: {
		cache: 'Cache point after the text',
		guard: 'The text is guarded'
	},
	refused: ({ name, mime, why }: Refusal, api: string): string => {
		switch (why) {
			case 'empty':
				return `\`${name}\` is empty.`;
			case 'too-large':
				return `\`${name}\` is larger than 25 MB. Put it into S3 and attach its address.`;
			case 'unreadable':
				return `\`${name}\` could not be read.`;
			case 'not-loaded':
				return `What attaches files could not be loaded, so \`${name}\` was not attached. Reload the page.`;
			case 'unknown':
				return `By its bytes \`${name}\` is none of the formats that Bedrock takes.`;
			case 'format':
				return `By its bytes \`${name}\` is \`${mime}\`, which Bedrock does not take.`;
			case 'kind':
				return `${api} has no field for \`${mime}\`, so \`${name}\` was not attached.`;
		}
	},
	size: (bytes: number) => formatBytes(bytes)
});
