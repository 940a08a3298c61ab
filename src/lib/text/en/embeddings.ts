import { formatCount, formatDuration } from '../format.ts';
import { section } from '../section.ts';

const count = (n: number, one: string) => `${formatCount(n)} ${one}${n === 1 ? '' : 's'}`;

/** Words of the panel of embeddings. */
export const embeddings = section('embeddings', {
	title: 'Embeddings',
	texts: 'Texts',
	textsHint: {
		lines: 'Each line is a text of its own; blank ones are left out.',
		whole: 'All of it is one text.'
	},
	byLine: { label: 'How texts are told apart', lines: 'A line each', whole: 'One text' },
	count: (n: number) => count(n, 'text'),
	placeholder: 'The food was delicious\nThe meal tasted wonderful\nThe server returned an error',
	model: 'Model',
	dimensions: 'dimensions',
	dimensionsHint: 'Not sent unless set; few models take it.',
	dimensionsProblem: 'A whole number from 1.',
	notSent: 'not sent',
	encoding: 'encoding_format',
	encodings: { none: 'Not sent', float: 'float', base64: 'base64' },
	to: 'Sends to',
	simulated: 'Simulated',
	simulatedWhy:
		'Bedrock has no embeddings in this form; gateways do. Until one is connected a built-in simulator answers, and nothing leaves this page.',
	connect: 'Connect a gateway',
	run: (n: number) => (n === 0 ? 'Embed' : `Embed ${count(n, 'text')}`),
	stop: 'Stop',
	running: 'Waiting for the answer …',
	view: 'What is shown',
	views: { results: 'Result', code: 'Code' },

	nothing: 'Nothing embedded yet',
	nothingHow:
		'Vectors, their norms and how alike the texts are will stand here. They stay in memory.',
	answeredBy: 'Model',
	dims: 'Dimensions',
	usage: 'Usage',
	usageTokens: (n: number) => count(n, 'token'),
	notReported: 'not reported',
	time: 'Time',
	ms: formatDuration,
	missing: (n: number) => `${count(n, 'text')} came back without a vector that can be read.`,
	vectors: 'Vectors',
	text: 'Text',
	norm: 'Norm',
	numbers: 'Begins with',
	none: 'none',
	cosines: 'Cosine similarity',
	cosinesHow:
		'of each text with each: 1 where they point the same way, 0 where they have nothing in common.',
	scale: 'From the least alike to the same',
	shownOnly: (shown: number, all: number) =>
		`The first ${formatCount(shown)} of ${formatCount(all)} are drawn; exports hold all.`,
	exportCsv: 'CSV',
	exportJson: 'JSON',
	exports: 'Save as',
	code: 'Code',
	keyFrom: (variable: string) =>
		`The key is read from \`${variable}\`. It is never written into code.`
});
