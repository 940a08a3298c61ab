import { formatClock, formatTimeLeft } from '../format.ts';
import { section } from '../section.ts';

/** `11 h 42 min`, `12 min`, `38 s`. */
function inFull(ms: number): string {
	return formatTimeLeft(ms).replace(/ m$/, ' min');
}

/** `today, 14:03`, `tomorrow, 02:03`, `yesterday, 23:10`, else `21 November, 14:03`. */
function when(epochMs: number, now: number): string {
	const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0);
	// Days of 23 and 25 hours exist, so the distance is rounded.
	const days = Math.round((startOfDay(epochMs) - startOfDay(now)) / 86_400_000);
	const near = new Map([
		[-1, 'yesterday'],
		[0, 'today'],
		[1, 'tomorrow']
	]);
	const date = new Date(epochMs).toLocaleDateString('en-GB', { day: 'numeric', month: 'long' });
	return `${near.get(days) ?? date}, ${formatClock(epochMs)}`;
}

export const key = section('key', {
	title: 'Paste an API key',
	label: 'API key',
	placeholder: 'bedrock-api-key-…',
	show: 'Show key',
	save: 'Save',
	useInTab: 'Use in this tab',
	gateway: 'Gateway…',
	openConsole: 'Open the Bedrock console',
	when,

	says: 'What this key says',
	region: 'Region',
	made: 'Made',
	expiresBy: 'Expires by',
	expired: 'Expired',
	expires: 'Expires',
	accessKey: 'Access key',
	tail: (lastFour: string) => `\`…${lastFour}\``,
	left: (ms: number) => `${inFull(ms)} left`,
	mayStopEarlier: 'It stops earlier if the AWS session that made it ends.',
	shortTerm: 'Short-term key',
	expiredStatus: 'This key expired',
	expiredAgo: (ms: number) => `This key expired ${inFull(ms)} ago`,
	notSentExpired: 'The service would answer 403, which looks like a bad key. It is not sent.',
	clockBehind: (ms: number) =>
		`By the clock of this computer the key is made ${inFull(ms)} from now. Where the clock is wrong, the times here are too.`,

	longTerm: 'Long-term key',
	longTermRisk:
		'It can outlive this tab by days or for ever, and anyone who reads it can spend on the account until it is revoked. It is kept in memory only and gone when the tab closes.',
	notInKey: 'not in the key',
	notInKeyChoose: 'not in the key:',
	shortTermInstead: 'A short-term key does the same here',
	shortTermInsteadWhy: 'and ends by itself within 12 hours.',
	howToMake: 'How to make one',

	inUse: 'Key in use',
	inUseLongTerm: 'Long-term key in use',
	rejected: (at: string) => `The service refused this key ${at}`,
	rejectedWhy:
		'It may have been revoked, its AWS session may have ended, or it may not be allowed to call Bedrock. It is kept until you replace or forget it.',
	kept: 'Kept',
	keptInTab: 'in this tab only',
	keptHere: 'in this browser',
	replaces: 'Saving another one replaces it.',

	iam: 'This is an IAM access key, not a Bedrock API key',
	iamWhy:
		'It was not stored, and the field was emptied at once. An access key signs any request to the account, so never paste one, or its secret, into a web page.',
	youPasted: 'You pasted',
	accessKeyId: 'an access key ID',
	secretAccessKey: 'what looks like a secret access key',
	expected: 'Expected',
	expectedForms: '`bedrock-api-key-…` or `ABSK…`',
	iamAdvice: {
		id: 'If you pasted the secret as well, deactivate that key in IAM now.',
		secret: 'If it is a secret access key, deactivate that key in IAM now.'
	},
	malformed: 'This is not a whole Bedrock API key. Check that the whole value was copied.',
	garbled:
		'This looks like a Bedrock API key, but holds something that no key holds: it was changed on its way, or joined with other text. Copy it again where it was made.',
	twoKeys: 'Two different keys were pasted. Paste only the one to use.',
	notAKey: 'This is not a Bedrock API key. One begins with `bedrock-api-key-` or `ABSK`.',
	unknownRegion: (region: string) =>
		`This key is for \`${region}\`, where this page knows no Bedrock endpoint.`,

	keep: 'Keep it',
	untilExpiry: 'Until it expires',
	untilExpiryHow: (clock: string) => `On this device until ${clock}`,
	untilClosed: 'Until I close this tab',
	untilClosedHow: 'In memory only',
	untilClosedOnly: 'In memory only. The one choice for a long-term key',

	sentOnlyTo: 'Sent only to',
	protects:
		'Never put into links, exports or code. An extension that runs on this page could read it, so use a short-term key.',
	stays:
		'The key stays in this browser and is sent only to Bedrock. Nothing is sent until you press Send.',

	make: 'Make a short-term key',
	console: 'Console',
	consoleSteps: (region: string | undefined) =>
		`Amazon Bedrock, API keys, Short-term, Generate. Choose ${region === undefined ? 'the Region' : `\`${region}\``} first.`,
	terminal: 'Terminal',
	terminalCommands:
		'pip install aws-bedrock-token-generator\npython -c "from aws_bedrock_token_generator import provide_token; print(provide_token())"',
	copyCommands: 'Copy commands',

	wantedWith: (region: string, wanted: string) =>
		`Your key is for \`${region}\`; a key belongs to one Region. For \`${wanted}\`, make a key there and paste it here: it replaces the one you have.`,
	wantedLongTerm: (region: string, wanted: string) =>
		`Your long-term key is set to \`${region}\`. Paste it again to use it in \`${wanted}\`.`,
	wantedWithout: (wanted: string) =>
		`A key belongs to one Region. For \`${wanted}\`, make a key there and paste it here.`,
	otherRegion: (region: string, wanted: string) =>
		`This key is for \`${region}\`, not \`${wanted}\`. Saved, requests go to \`${region}\`.`
});
