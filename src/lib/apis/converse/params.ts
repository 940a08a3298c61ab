import type { ParamPaths } from '../api.ts';

/** Where Converse takes each parameter. */
export const params: ParamPaths = {
	temperature: ['inferenceConfig', 'temperature'],
	topP: ['inferenceConfig', 'topP'],
	maxTokens: ['inferenceConfig', 'maxTokens'],
	stopSequences: ['inferenceConfig', 'stopSequences'],
	reasoningEffort: ['outputConfig', 'effort'],
	serviceTier: ['serviceTier', 'type'],
	latency: ['performanceConfig', 'latency'],
	metadata: ['requestMetadata'],
	promptVariables: ['promptVariables'],
	responseFieldPaths: ['additionalModelResponseFieldPaths']
};
