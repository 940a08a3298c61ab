import type { ParamForm } from '../forms.ts';

/** What the form of Converse has otherwise than the table of parameters. */
export const form: ParamForm = {
	temperature: { label: 'temperature' },
	topP: { label: 'topP' },
	maxTokens: { label: 'maxTokens' },
	stopSequences: { label: 'stopSequences', max: 2500 },
	reasoningEffort: { choices: ['low', 'medium', 'high', 'xhigh', 'max'] },
	serviceTier: { choices: ['default', 'priority', 'flex', 'reserved'] }
};
