import { getOwn, isJsonObject } from '../../model/json.ts';
import type { ApiTools } from '../api.ts';
import { typeOf } from '../words.ts';
import { readTool } from './read.ts';

/** Tools of Chat Completions: functions only; the service runs none itself. */
export const tools: ApiTools = {
	choice: { name: 'tool_choice', required: 'required', none: true },
	strictByDefault: false,
	servers: [],
	read: readTool,
	// What has its fields in an object of the name of its type.
	owns: (wire) => isJsonObject(getOwn(wire, typeOf(wire)))
};
