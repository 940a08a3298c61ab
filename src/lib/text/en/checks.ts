import { formatBytes } from '../format.ts';
import { section } from '../section.ts';

/** What a sentence quotes of a warning. */
type Values = Readonly<Record<string, string | number>>;

/** Makes the words for a code of what they quote. */
type Words = Readonly<Record<string, (values: Values) => string>>;

/** What is known to go wrong before a Send. */
export const checks = section('checks', {
	title: 'Before you send',
	/** A sentence for each code of a warning. */
	sentences: {
		conflict: ({ name, other }) => `Some models refuse \`${name}\` together with \`${other}\`.`,
		'file-kind': ({ name, type, api }) =>
			`${api} has no field for ${type}: \`${name}\` will not be sent.`,
		'file-gone': ({ name }) =>
			`\`${name}\` is not stored in this browser any more: it will not be sent.`,
		'file-address': ({ name, api }) =>
			`${api} does not read \`${name}\` from this address: use S3, or attach the file itself.`,
		'file-format': ({ name, mime }) =>
			`\`${name}\` is \`${mime}\`, which is not one of the formats that Bedrock takes.`,
		'file-role': ({ name, type }) =>
			`\`${name}\` stands in an answer; the service takes ${type} in user messages alone.`,
		'too-many-images': ({ count, most }) =>
			`${count} images, those of earlier messages among them; the service takes ${most} in a request.`,
		'too-many-documents': ({ count, most }) =>
			`${count} documents, those of earlier messages among them; the service takes ${most} in a request.`,
		'large-image': ({ name, bytes }) =>
			`\`${name}\` is ${formatBytes(Number(bytes))} as base64; the service takes 5 MiB.`,
		'wide-image': ({ name, side, most }) =>
			`\`${name}\` is ${side} px long; the service takes ${most} px a side.`,
		'large-document': ({ name, bytes }) =>
			`\`${name}\` is ${formatBytes(Number(bytes))}; the service takes documents up to 4.5 MB.`,
		'document-name': ({ name, said }) =>
			`\`${name}\` would go as \`${said}\`: the service takes only Latin letters and digits, up to 200.`,
		'document-alone': () => 'A document needs a text beside it.'
	} as Words,
	/** The words of each button that mends. */
	fixes: {
		'turn-off': ({ name }) => `Turn off ${name}`,
		'file-remove': ({ name }) => `Remove ${name}`,
		'file-scale': () => 'Scale it down',
		'file-rename': ({ free }) => `Rename it to ${free}`,
		'file-write': () => 'Write one'
	} as Words
});
