import type { RequestApi } from '../api.ts';
import { buildAs } from '../build.ts';
import { headOf } from './head.ts';
import { params } from './params.ts';

/** What goes out to it. */
export const converseRequests: RequestApi = {
	id: 'converse',
	label: 'Converse',
	docs: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html',
	params,
	modelFields: 'additionalModelRequestFields',
	output: 'outputConfig.textFormat',
	system: 'System',
	messages: 'messages',
	roles: ['user', 'assistant', 'system'],
	endpoints: ['runtime'],
	prefixed: false,
	guardrail: {
		endpoints: ['runtime', 'gateway'],
		row: 'guardrailConfig',
		id: 'guardrailIdentifier',
		version: 'guardrailVersion',
		trace: 'trace',
		processing: 'streamProcessingMode',
		sayTrace: (trace) => trace
	},
	mark: { shape: 'circle', hue: '--converse-mark' },
	defaultModel(region) {
		const geography = /^us-(east|west)-/.test(region) ? 'us' : 'global';
		return `${geography}.anthropic.claude-sonnet-4-5-20250929-v1:0`;
	},
	toolResult: { name: 'toolResult', hasStatus: true, files: ['image', 'document', 'video'] },
	files: { image: 's3', document: 's3', audio: 's3', video: 's3' },
	chains: false,
	framing: 'message',
	headOf,
	build: buildAs('converse')
};
