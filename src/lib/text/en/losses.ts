import type { ApiId } from '../../model/draft.ts';

const apiNames: Record<ApiId, string> = {
	converse: 'Converse',
	'chat-completions': 'Chat Completions',
	responses: 'Responses'
};

/** What a draft holds and an API cannot say. */
export const losses = {
	part: (type: string) => `a part of type \`${type}\``,
	cutCall: (name: string) => `the call of \`${name}\`, whose arguments were cut`,
	role: (role: string) => `the role \`${role}\`, sent as the nearest one`,
	param: (name: string) => `the parameter \`${name}\``,
	extra: (api: ApiId) => `fields of ${apiNames[api]}`,
	chain: 'the response to continue; all messages are sent instead',
	guardrail: 'the guardrail'
};
