import { getOwn, isJsonObject } from '../../model/json.ts';
import type { ApiTools } from '../api.ts';
import { readTool } from './tools.ts';

/**
 * Tools of Converse. A `systemTool` is run by the service.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Tool.html
 */
export const tools: ApiTools = {
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
	],
	read: readTool,
	owns: (wire) =>
		['toolSpec', 'systemTool', 'cachePoint'].some((name) => getOwn(wire, name) !== undefined)
};
