import { getOwn, isJsonObject } from '../../model/json.ts';
import type { ToolForms } from '../api.ts';

/**
 * Tools of Converse. A `systemTool` is run by the service.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Tool.html
 */
export const toolForms: ToolForms = {
	choice: { name: 'toolChoice', required: 'any', none: false },
	strictByDefault: false,
	servers: [
		{
			name: 'systemTool',
			value: { systemTool: { name: 'nova_grounding' } },
			fits: (wire) => isJsonObject(getOwn(wire, 'systemTool')),
			fields: [
				{
					path: ['systemTool', 'name'],
					kind: ['nova_grounding', 'nova_code_interpreter'],
					required: true
				}
			]
		}
	]
};
