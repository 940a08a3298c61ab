import type { ToolForms } from '../api.ts';
import { typeOf } from '../words.ts';

/** Tools of Responses. Mantle runs a search and tools of MCP servers itself, for the models that can use them. */
export const toolForms: ToolForms = {
	choice: { name: 'tool_choice', required: 'required', none: true },
	strictByDefault: true,
	servers: [
		{
			name: 'web_search',
			value: { type: 'web_search' },
			fits: (wire) => typeOf(wire) === 'web_search',
			endpoint: 'mantle',
			fields: [{ path: ['external_web_access'], kind: 'boolean' }]
		},
		{
			name: 'mcp',
			value: { type: 'mcp', server_label: '', connector_id: '', require_approval: 'never' },
			fits: (wire) => typeOf(wire) === 'mcp',
			endpoint: 'mantle',
			fields: [
				{ path: ['server_label'], kind: 'text', hint: 'orders', required: true },
				{
					path: ['connector_id'],
					kind: 'text',
					hint: 'arn:aws:lambda:us-east-1:123456789012:function:orders',
					required: true
				},
				{ path: ['require_approval'], kind: ['never', 'always'] }
			]
		}
	]
};
