import { section } from '../section.ts';

/** What a draft holds and an API cannot say. */
export const losses = section('losses', {
	foreignReasoning: (model: string) => `reasoning that only models like \`${model}\` can read`,
	part: (type: string) => `a part of type \`${type}\``,
	cutCall: (name: string) => `the call of \`${name}\`, whose arguments are cut off`,
	tool: 'a tool that this API has no form for',
	toolChoice: 'the choice of a tool',
	toolStatus: 'whether a tool failed',
	role: (role: string) => `the role \`${role}\`, sent as the nearest one`,
	param: (name: string) => `the parameter \`${name}\``,
	typed: (path: string) => `\`${path}\` of the form: what was typed into the body is sent instead`,
	/** `api` by its name. */
	extra: (api: string) => `fields of ${api}`,
	chain: 'the response to continue; all messages are sent instead',
	guardrail: 'the guardrail',
	guardrailProcessing: 'how the guardrail looks at a stream',
	output: 'that the answer is to be a JSON object; it takes a schema only'
});

/** What was changed of the transcript so that the request can be sent, a phrase for each code and how often. */
export const mends = section('mends', {
	title: 'Mended so that it can be sent:',
	asItStands: 'Send as it stands',
	standing: 'Sent as it stands.',
	mend: 'Mend it',
	codes: {
		'blank-text': (count: number) => `${countOf(count, 'blank text')} left out`,
		'blank-system': () => 'the blank system prompt left out',
		'empty-message': (count: number) => `${countOf(count, 'empty message')} left out`,
		'cut-call': (count: number) => `${countOf(count, 'tool call')} cut off in the middle left out`,
		'wrapped-input': (count: number) =>
			`the arguments of ${countOf(count, 'tool call')} put into a JSON object as text`,
		'unanswered-call': (count: number) =>
			`${countOf(count, 'tool call')} without a result left out`,
		'orphan-result': (count: number) =>
			`${countOf(count, 'tool result')} without its call left out`,
		'trailing-reasoning': () => 'reasoning at the end of an answer left out',
		'misplaced-reasoning': () => 'reasoning in a message that is no answer left out',
		'trailing-space': () => 'white space at the end of the last answer left out',
		'leading-answer': (count: number) =>
			`${countOf(count, 'answer')} before the first question left out`,
		joined: (count: number) =>
			`${countOf(count, 'message')} joined with the one before, as roles must alternate`,
		'named-tools': () => 'the tools that the messages use named, as Converse demands',
		'document-name': (count: number) =>
			`${countOf(count, 'document')} renamed, as no two may have one name`
	}
});

function countOf(count: number, noun: string): string {
	return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
