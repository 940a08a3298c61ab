import { section } from '../section.ts';

/** What is said where tools are declared. */
export const toolForms = section('toolForms', {
	group: 'Tools',
	choiceNone: 'This API has no word for calling none: turn the tools off instead.',
	none: 'No tools. A model calls only what is declared here.',
	addFunction: 'Function',
	addServers: 'Run by the service',
	import: 'Import',
	newName: 'new_tool',
	edit: (name: string) => `Edit ${name}`,
	remove: (name: string) => `Remove ${name}`,
	tool: (name: string) => `Tool ${name}`,
	unnamed: 'without a name',
	foreign: 'Another API’s. It is kept and not sent on this one.',
	onlyOn: (endpoint: string) => `Only \`${endpoint}\` has it.`,

	name: 'name',
	description: 'description',
	strict: 'strict',
	notSent: 'not sent',
	strictByDefault: 'Not sent, this API takes the function as strict.',
	arguments: 'Arguments',
	how: 'Form or JSON',
	form: 'Form',
	json: 'JSON',
	schemaOf: (name: string) => `Schema of ${name}`,
	notSimple: 'This schema says more than the form can, so it is edited as JSON.',
	toolJson: (name: string) => `${name} as JSON`,

	addField: 'Add an argument',
	field: (index: number) => `Argument ${index}`,
	removeField: (name: string) => `Remove the argument ${name}`,
	fieldName: 'Name',
	fieldType: 'Type',
	fieldAbout: 'Description',
	fieldChoices: 'Only these, with commas',
	required: 'required',
	closed: 'Nothing else is taken',
	fieldTwice: 'Another argument has this name.',

	importHow:
		'Paste tools of Converse, Chat Completions or Responses: a list, one tool or a whole request.',
	importName: 'Tools to import',
	importDo: 'Add them',
	cancel: 'Cancel',
	importNotJson: 'This is not JSON.',
	importNothing: 'There is no tool in it.',
	imported: (functions: readonly { label: string; count: number }[], kept: number) => {
		const found = functions.map(
			({ label, count }) => `${count} ${count === 1 ? 'function' : 'functions'} of ${label}`
		);
		const rest = kept === 0 ? [] : [`${kept} kept as ${kept === 1 ? 'it is' : 'they are'}`];
		return `Added: ${[...found, ...rest].join(', ')}.`;
	}
});
