import type { ParamForm } from '../forms.ts';

/** What the form of Chat Completions has otherwise than the table of parameters. */
export const form: ParamForm = {
	temperature: { max: 2 },
	guardrailTagSuffix: { label: 'tagSuffix' }
};
