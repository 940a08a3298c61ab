import type { ParamForm } from '../forms.ts';

/** What the form of Responses has otherwise than the table of parameters. */
export const form: ParamForm = {
	temperature: { max: 2 },
	maxTokens: { min: 16 },
	serviceTier: { choices: ['default', 'priority', 'flex', 'ultrafast'] }
};
