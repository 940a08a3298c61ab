import type { ToolForms } from '../api.ts';

/** Tools of Chat Completions: functions only; the service runs none itself. */
export const toolForms: ToolForms = {
	choice: { name: 'tool_choice', required: 'required', none: true },
	strictByDefault: false,
	servers: []
};
