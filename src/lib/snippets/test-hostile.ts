import type { Json, JsonObject } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';

const blocks: JsonObject[] = [
	{ text: 'a' },
	{ image: newImage() },
	{ document: { ...newDocument(), citations: { enabled: true } } },
	{ reasoningContent: { reasoningText: { text: 'b', signature: 'c' } } },
	{ reasoningContent: { redactedContent: '/+8=' } },
	{ toolUse: { toolUseId: 't', name: 'f', input: { a: null } } },
	{ toolResult: { toolUseId: 't', content: [{ json: { a: [1.5] } }], status: 'error' } },
	{ toolResult: { toolUseId: 't', content: [{ text: 'g' }, { image: newImage() }] } },
	{ guardContent: { text: { text: 'h' } } },
	{ cachePoint: { type: 'default', ttl: '5m' } },
	{ video: { format: 'mp4', source: { s3Location: { uri: 's3://bucket/key' } } } },
	{ searchResult: { source: 's', title: 't', content: [{ text: 'i' }] } },
	{ citationsContent: { content: [{ text: 'd' }], citations: [newCitation()] } }
];

const settings: JsonObject = {
	system: [{ text: 'j' }, { cachePoint: { type: 'default' } }],
	inferenceConfig: { maxTokens: 10, temperature: 0.5, topP: 1, stopSequences: ['END'] },
	toolConfig: {
		tools: [
			{ toolSpec: { name: 'f', description: 'k', inputSchema: { json: { type: 'object' } } } },
			{ systemTool: { name: 'nova_grounding' } }
		],
		toolChoice: { tool: { name: 'f' } }
	},
	guardrailConfig: { guardrailIdentifier: 'l', guardrailVersion: '1', trace: 'enabled' },
	additionalModelRequestFields: { top_k: 5 },
	additionalModelResponseFieldPaths: ['/stop_sequence'],
	promptVariables: { m: { text: 'n' } },
	requestMetadata: { o: 'p' },
	performanceConfig: { latency: 'standard' },
	serviceTier: { type: 'flex' },
	outputConfig: {
		textFormat: {
			type: 'json_schema',
			structure: { jsonSchema: { schema: '{}', name: 'q' } }
		}
	}
};

/** Bodies of Converse that together hold every kind of block and every setting. */
export const wholeBodies: readonly JsonObject[] = [
	...blocks.map((block) => ({ messages: [{ role: 'user', content: [block] }] })),
	...Object.entries(settings).map(([name, value]) => ({ [name]: value }))
];

function newCitation(): JsonObject {
	const location = { documentChar: { documentIndex: 0, start: 1, end: 2 } };
	return { title: 'e', sourceContent: [{ text: 'f' }], location };
}

function newImage(): JsonObject {
	return { format: 'png', source: { bytes: 'iVBORw0KGgoAAA==' } };
}

function newDocument(): JsonObject {
	return { format: 'txt', name: 'x', source: { text: 'plain' } };
}

const otherValues: Json[] = [null, true, -1, 1.5, '', [], {}, ['x'], { x: 1 }];

/** `value` with one thing wrong: each place in turn with another value, without a key, and with a key too many. */
export function* mutantsOf(value: Json): Generator<Json> {
	yield* otherValues;
	if (Array.isArray(value)) {
		for (const [index, item] of value.entries()) {
			for (const mutant of mutantsOf(item)) yield value.with(index, mutant);
		}
	} else if (isJsonObject(value)) {
		yield { ...value, text: 'x' };
		yield { ...value, unknown: 'x' };
		for (const [key, item] of Object.entries(value)) {
			yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
			for (const mutant of mutantsOf(item)) yield { ...value, [key]: mutant };
		}
	}
}
