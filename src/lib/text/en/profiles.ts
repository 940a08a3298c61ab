import { section } from '../section.ts';

/** Words of the dialog for inference profiles. */
export const profiles = section('profiles', {
	title: 'Inference profiles',
	newTitle: 'New inference profile',
	what: (region: string) =>
		`Application profiles of your account in ${region}: names of your own for a model, by which its costs are told apart. Converse takes them by their ARN.`,
	reading: 'Reading the lists…',
	none: (region: string) => `The account has none in ${region}.`,
	notListed: (reason: string) => `The profiles could not be listed: ${reason}.`,
	notRead: (reason: string) => `It could not be read: ${reason}.`,
	notMade: (reason: string) => `It could not be made: ${reason}.`,
	notDeleted: (reason: string) => `It could not be deleted: ${reason}.`,
	made: (name: string) => `\`${name}\` was made.`,
	newOne: 'New profile',
	back: 'Back to the list',
	use: 'Use',
	copyArn: 'Copy ARN',
	details: 'Details',
	model: 'Model',
	tag: 'Tag',
	tags: 'Tags',
	noTags: 'none',
	tagsHidden: 'could not be read',
	delete: 'Delete…',
	deleteNow: 'Delete it',
	reallyDelete: (name: string) =>
		`Delete \`${name}\` from the account? Every request that names it will fail.`,
	name: 'Name',
	nameHint: '1 to 64 letters and digits; single spaces, _ and - between them.',
	description: 'Description',
	copyFromHint: (region: string) =>
		`ARN of a model or of a system profile in ${region}. Requests go where that leads.`,
	tagKey: 'Key',
	tagValue: 'Value',
	addTag: 'Add a tag',
	removeTag: (key: string) => `Remove the tag ${key}`,
	make: 'Make the profile'
});
