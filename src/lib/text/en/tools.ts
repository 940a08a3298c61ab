import { section } from '../section.ts';

/** What is said of tools: calls, their results, and tools that a service runs itself. */
export const tools = section('tools', {
	notJson: 'These arguments are not JSON. They are shown as they came.',
	results: 'Tool results',
	approvals: 'Approvals',
	ready: (ready: number, all: number) => `${ready} of ${all} ready`,
	resultFor: (id: string) => `Result for ${id}`,
	writeResult: 'JSON or text',
	canned: 'Canned results',
	cannedFor: (id: string) => `Canned results for ${id}`,
	recent: (result: string) => `Recent: ${result}`,
	example: 'An example from the schema',
	emptyObject: 'An empty object',
	failure: 'A failure',
	failed: 'The tool failed',
	isCut: 'Its arguments are not JSON, so it can’t be run. The model gets this as an error:',
	failedFor: (id: string) => `Call ${id} failed`,
	status: 'status: error',
	attachTo: (id: string) => `Attach a file to the result for ${id}`,
	format: (id: string) => `Format the result for ${id}`,
	sentAs: (id: string) => `Send the result for ${id} as`,
	asJson: 'json',
	asText: 'text',
	nothingRuns: 'Nothing runs by itself.',
	sentAsResult: (name: string) => `Results are sent as \`${name}\`.`,
	noStatus: 'This API has no field for a failure: say it in the result.',
	send: 'Send results',
	sendDecisions: 'Send decisions',
	missing: (calls: readonly { server?: string }[]) => {
		const undecided = calls.filter(({ server }) => server !== undefined).length;
		const open = calls.length - undecided;
		if (open === 0) return `${counted(undecided)} not decided yet`;
		return `${open === 1 ? '1 call has' : `${open} calls have`} no result yet`;
	},
	approve: 'Approve',
	approveCall: (id: string) => `Approve ${id}`,
	deny: 'Deny',
	denyCall: (id: string) => `Deny ${id}`,
	decisionFor: (id: string) => `Decision on ${id}`,
	reasonFor: (id: string) => `Reason for denying ${id}`,
	reason: 'Why, if the model is to know',
	runsOn: (server: string) => `The service runs it on \`${server}\` once you approve.`,
	writeAgain: 'Write other results',
	result: (name: string) => `Result of ${name}`,
	failedResult: 'failed',

	byService: 'run by the service',
	kinds: {
		search: 'Web search',
		page: 'Page opened',
		files: 'File search',
		code: 'Code',
		call: 'Call of a server’s tool',
		list: 'Tools of a server',
		approval: 'A server’s tool asks to be run',
		decision: 'Answer to a server’s tool',
		custom: 'Tool call',
		result: 'Result of the service’s tool'
	},
	references: {
		search: 'Search result',
		document: 'Text document'
	},
	query: 'Query',
	arguments: 'Arguments',
	output: 'Output',
	error: 'Error',
	tools: 'Tools',
	asItCame: 'As it came'
});

function counted(calls: number): string {
	return calls === 1 ? '1 call is' : `${calls} calls are`;
}
