import { readModelId, servesRegion } from '../models/families.ts';

/** A model of the runtime as the control plane lists it. */
export interface FoundationModel {
	id: string;
	name: string;
	provider: string;
	input: readonly string[];
	output: readonly string[];
}

// A line a model: a formatter would break the long ones.
// prettier-ignore
const rows: readonly [id: string, name: string, provider: string, input?: string][] = [
	['amazon.nova-micro-v1:0', 'Nova Micro', 'Amazon', 'TEXT'],
	['amazon.nova-lite-v1:0', 'Nova Lite', 'Amazon'],
	['amazon.nova-pro-v1:0', 'Nova Pro', 'Amazon'],
	['amazon.nova-premier-v1:0', 'Nova Premier', 'Amazon'],
	['anthropic.claude-3-haiku-20240307-v1:0', 'Claude 3 Haiku', 'Anthropic'],
	['anthropic.claude-3-sonnet-20240229-v1:0', 'Claude 3 Sonnet', 'Anthropic'],
	['anthropic.claude-3-5-sonnet-20240620-v1:0', 'Claude 3.5 Sonnet', 'Anthropic'],
	['anthropic.claude-3-5-sonnet-20241022-v2:0', 'Claude 3.5 Sonnet v2', 'Anthropic'],
	['anthropic.claude-3-7-sonnet-20250219-v1:0', 'Claude 3.7 Sonnet', 'Anthropic'],
	['anthropic.claude-sonnet-4-20250514-v1:0', 'Claude Sonnet 4', 'Anthropic'],
	['anthropic.claude-sonnet-4-5-20250929-v1:0', 'Claude Sonnet 4.5', 'Anthropic'],
	['anthropic.claude-haiku-4-5-20251001-v1:0', 'Claude Haiku 4.5', 'Anthropic'],
	['anthropic.claude-opus-5', 'Claude Opus 5', 'Anthropic'],
	['deepseek.r1-v1:0', 'DeepSeek-R1', 'DeepSeek', 'TEXT'],
	['deepseek.v3-v1:0', 'DeepSeek-V3.1', 'DeepSeek', 'TEXT'],
	['meta.llama3-3-70b-instruct-v1:0', 'Llama 3.3 70B Instruct', 'Meta', 'TEXT'],
	['mistral.pixtral-large-2502-v1:0', 'Pixtral Large', 'Mistral AI'],
	['openai.gpt-6-luna', 'GPT-6 Luna', 'OpenAI'],
	['openai.gpt-oss-120b-1:0', 'gpt-oss-120b', 'OpenAI', 'TEXT'],
	['openai.gpt-oss-20b-1:0', 'gpt-oss-20b', 'OpenAI', 'TEXT'],
	['qwen.qwen3-32b-v1:0', 'Qwen3 32B', 'Qwen', 'TEXT'],
	['xai.grok-4.6', 'Grok 4.6', 'xAI'],
];

/** The models of text that the runtime has. */
export const TEXT_MODELS: readonly FoundationModel[] = rows.map(
	([id, name, provider, input = 'TEXT,IMAGE']) => ({
		id,
		name,
		provider,
		input: input.split(','),
		output: ['TEXT']
	})
);

/** The models that turn text into numbers; only a gateway reaches them here. */
export const EMBEDDING_MODELS: readonly FoundationModel[] = [
	['amazon.titan-embed-text-v2:0', 'Titan Text Embeddings V2', 'Amazon'],
	['cohere.embed-multilingual-v3', 'Embed Multilingual', 'Cohere']
].map(([id = '', name = '', provider = '']) => ({
	id,
	name,
	provider,
	input: ['TEXT'],
	output: ['EMBEDDING']
}));

/** Whether a model is reached only by the id of an inference profile. */
export function wantsProfile({ id }: FoundationModel): boolean {
	return readModelId(id).family?.profile === true;
}

/** The ARN of a model in a Region. */
export function modelArn(id: string, region: string): string {
	return `arn:aws:bedrock:${region}::foundation-model/${id}`;
}

/** The system profiles of a Region: the id of each, and its model. */
export function systemProfiles(region: string): { id: string; model: FoundationModel }[] {
	const geographies = ['us', 'eu', 'apac', 'global'].filter((name) => servesRegion(name, region));
	return TEXT_MODELS.filter(wantsProfile).flatMap((model) =>
		geographies.map((name) => ({ id: `${name}.${model.id}`, model }))
	);
}
