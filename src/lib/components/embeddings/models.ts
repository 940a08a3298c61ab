/** Models that turn text into numbers, which no list of a gateway names. @see Bedrock's model cards, November 2026 */
export const embeddingModels = [
	{ id: 'cohere.embed-multilingual-v3', name: 'Cohere Embed Multilingual v3' },
	{ id: 'cohere.embed-english-v3', name: 'Cohere Embed English v3' },
	{ id: 'amazon.titan-embed-text-v2:0', name: 'Titan Text Embeddings V2' },
	{ id: 'amazon.titan-embed-text-v1', name: 'Titan Embeddings G1, Text' },
	{ id: 'amazon.nova-2-multimodal-embeddings-v1:0', name: 'Nova Multimodal Embeddings' },
	{ id: 'text-embedding-3-small', name: 'OpenAI’s name; bedrock-access-gateway takes its default' }
] as const;
