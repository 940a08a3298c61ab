/** What the simulator knows of a family of models. */
export interface Family {
	/** Which bare ids it covers: without a geography prefix. */
	readonly ids: RegExp;
	/** Where it is on mantle; absent where it is not. Claude is there, but on a path of its own. */
	readonly mantle?: '/v1' | '/openai/v1' | '/anthropic/v1';
	/** Which APIs the runtime has for it; none where it is on mantle only. */
	readonly runtime: 'none' | 'converse' | 'converse+chat' | 'all';
	/** Whether mantle has the Responses API for it. */
	readonly responses?: true;
	/** Whether the runtime wants the id of an inference profile. */
	readonly profile?: true;
	/** Whether the runtime's ids end in a version such as `-1:0`, which mantle's never do. */
	readonly versioned?: true;
	/**
	 * When a thought is seen: `always`; on `mantle` only; when `asked` for; `hidden` in every answer
	 * but counted; `never`.
	 */
	readonly thinks: 'always' | 'mantle' | 'asked' | 'hidden' | 'never';
	/** Where mantle's Chat puts the thought. Default: a member `reasoning`. */
	readonly thoughts?: 'reasoning_content' | 'think-tags';
	/** Whether it refuses `max_tokens` and sampling parameters. */
	readonly strict?: true;
	/** On Converse: whether it takes only one of temperature and topP, or none of them. Default both. */
	readonly sampling?: 'one' | 'none';
	/** False where the last message may not be the assistant's. */
	readonly prefill?: false;
	/** Whether a service tier other than the default is refused. */
	readonly untiered?: true;
}

// The first that matches counts. A line a family: a formatter would break the long ones.
// prettier-ignore
const families: readonly Family[] = [
	{ ids: /^openai\.gpt-5\.6-cyber$/, mantle: '/openai/v1', runtime: 'none', responses: true, thinks: 'hidden', strict: true, untiered: true },
	{ ids: /^openai\.gpt-5\.6/, mantle: '/openai/v1', runtime: 'all', responses: true, profile: true, thinks: 'hidden', strict: true, untiered: true },
	{ ids: /^openai\.gpt-6/, mantle: '/openai/v1', runtime: 'all', responses: true, profile: true, thinks: 'hidden', strict: true },
	{ ids: /^openai\.gpt-5\.[45]/, mantle: '/openai/v1', runtime: 'none', responses: true, thinks: 'hidden', untiered: true },
	{ ids: /^openai\.gpt-oss-safeguard-/, mantle: '/v1', runtime: 'converse+chat', thinks: 'never' },
	{ ids: /^openai\.gpt-oss-(?:20b|120b)/, mantle: '/v1', runtime: 'converse+chat', responses: true, versioned: true, thinks: 'always' },
	{ ids: /^anthropic\.claude-(?:3-haiku|3-sonnet|3-opus|3-5-sonnet|instant|v2)/, runtime: 'converse', thinks: 'never' },
	{ ids: /^anthropic\.claude-(?:3-5-haiku|3-7-sonnet)/, runtime: 'converse', profile: true, thinks: 'asked' },
	{ ids: /^anthropic\.claude-(?:opus-4-[78]|[a-z]+-5)/, mantle: '/anthropic/v1', runtime: 'converse', profile: true, thinks: 'asked', sampling: 'none', prefill: false },
	{ ids: /^anthropic\.claude-[a-z]+-4-6/, mantle: '/anthropic/v1', runtime: 'converse', profile: true, thinks: 'asked', sampling: 'one', prefill: false },
	{ ids: /^anthropic\.claude-[a-z]+-4-[15](?!\d)/, mantle: '/anthropic/v1', runtime: 'converse', profile: true, thinks: 'asked', sampling: 'one' },
	{ ids: /^anthropic\.claude-(?:[a-z]+)-\d/, mantle: '/anthropic/v1', runtime: 'converse', profile: true, thinks: 'asked' },
	{ ids: /^xai\.grok-4\.3/, mantle: '/openai/v1', runtime: 'none', responses: true, thinks: 'hidden' },
	{ ids: /^xai\.grok-/, mantle: '/openai/v1', runtime: 'all', responses: true, profile: true, thinks: 'hidden' },
	{ ids: /^google\.gemma-4/, mantle: '/openai/v1', runtime: 'none', responses: true, thinks: 'asked' },
	{ ids: /^google\.gemma-3/, mantle: '/v1', runtime: 'converse+chat', thinks: 'never' },
	{ ids: /^qwen\.qwen3-(?:32b|235b-a22b-2507)/, mantle: '/v1', runtime: 'converse+chat', versioned: true, thinks: 'mantle' },
	{ ids: /^qwen\./, mantle: '/v1', runtime: 'converse+chat', thinks: 'mantle' },
	{ ids: /^deepseek\.r1/, runtime: 'converse', profile: true, thinks: 'always' },
	{ ids: /^deepseek\./, mantle: '/v1', runtime: 'converse+chat', thinks: 'mantle' },
	{ ids: /^zai\.glm-4\.6/, mantle: '/v1', runtime: 'none', thinks: 'mantle' },
	{ ids: /^zai\./, mantle: '/v1', runtime: 'converse+chat', thinks: 'mantle' },
	{ ids: /^moonshotai\.kimi-k3/, runtime: 'all', profile: true, thinks: 'hidden' },
	{ ids: /^moonshot(?:ai)?\./, mantle: '/v1', runtime: 'converse+chat', thinks: 'mantle', thoughts: 'reasoning_content' },
	{ ids: /^minimax\./, mantle: '/v1', runtime: 'converse+chat', thinks: 'mantle', thoughts: 'think-tags' },
	{ ids: /^nvidia\.nemotron-super/, mantle: '/v1', runtime: 'converse+chat', thinks: 'mantle' },
	{ ids: /^nvidia\./, mantle: '/v1', runtime: 'converse+chat', thinks: 'never' },
	{ ids: /^mistral\.(?:mistral-large-3|ministral|magistral|devstral|voxtral)/, mantle: '/v1', runtime: 'converse+chat', thinks: 'never' },
	{ ids: /^mistral\.pixtral/, runtime: 'converse', profile: true, thinks: 'never' },
	{ ids: /^mistral\./, runtime: 'converse', thinks: 'never' },
	{ ids: /^writer\.palmyra-vision/, mantle: '/v1', runtime: 'converse+chat', thinks: 'never' },
	{ ids: /^writer\.palmyra-x/, runtime: 'converse', profile: true, thinks: 'never' },
	{ ids: /^amazon\.nova-(?:2|premier)/, runtime: 'converse', profile: true, thinks: 'asked' },
	{ ids: /^amazon\.nova-(?:pro|lite|micro)/, runtime: 'converse', thinks: 'never' },
	{ ids: /^meta\.llama(?:3-[123]|4)/, runtime: 'converse', profile: true, thinks: 'never' },
	{ ids: /^meta\.llama3/, runtime: 'converse', thinks: 'never' },
	{ ids: /^(?:cohere\.command|ai21\.jamba)/, runtime: 'converse', thinks: 'never' },
];

const geographies: Readonly<Record<string, RegExp>> = {
	'us-gov': /^us-gov-/,
	us: /^(?:us-(?!gov-)|ca-)/,
	eu: /^eu-/,
	apac: /^ap-/,
	jp: /^ap-northeast-/,
	au: /^ap-southeast-/,
	in: /^ap-south-/,
	global: /^/
};

/** A model id taken apart. */
export interface ModelId {
	/** The geography of an inference profile, such as `us` or `global`; absent in a bare id. */
	geography?: string;
	bare: string;
	family: Family | undefined;
}

/** Takes a model id apart. An ARN of a foundation model or system profile is read for its last part. */
export function readModelId(id: string): ModelId {
	const name = id.startsWith('arn:') ? id.slice(id.lastIndexOf('/') + 1) : id;
	const geography = /^(us-gov|us|eu|apac|jp|au|in|global)\./.exec(name)?.[1];
	const bare = geography === undefined ? name : name.slice(geography.length + 1);
	const family = families.find((candidate) => candidate.ids.test(bare));
	return { ...(geography !== undefined && { geography }), bare, family };
}

/** Whether the profiles of a geography exist in a region; '' stands for any region. */
export function servesRegion(geography: string, region: string): boolean {
	return region === '' || (geographies[geography]?.test(region) ?? false);
}

/** The ids that `GET /v1/models` lists. */
export const MANTLE_MODELS: readonly string[] = [
	'anthropic.claude-haiku-4-5',
	'anthropic.claude-opus-4-7',
	'anthropic.claude-opus-4-8',
	'anthropic.claude-opus-5',
	'anthropic.claude-sonnet-5',
	'deepseek.v3.1',
	'deepseek.v3.2',
	'google.gemma-3-12b-it',
	'google.gemma-3-27b-it',
	'google.gemma-3-4b-it',
	'google.gemma-4-26b-a4b',
	'google.gemma-4-31b',
	'google.gemma-4-e2b',
	'minimax.minimax-m2',
	'minimax.minimax-m2.1',
	'minimax.minimax-m2.5',
	'mistral.devstral-2-123b',
	'mistral.magistral-small-2509',
	'mistral.ministral-3-14b-instruct',
	'mistral.ministral-3-3b-instruct',
	'mistral.ministral-3-8b-instruct',
	'mistral.mistral-large-3-675b-instruct',
	'mistral.voxtral-mini-3b-2507',
	'mistral.voxtral-small-24b-2507',
	'moonshotai.kimi-k2-thinking',
	'moonshotai.kimi-k2.5',
	'nvidia.nemotron-nano-12b-v2',
	'nvidia.nemotron-nano-3-30b',
	'nvidia.nemotron-nano-9b-v2',
	'nvidia.nemotron-super-3-120b',
	'openai.gpt-5.4',
	'openai.gpt-5.5',
	'openai.gpt-5.6-luna',
	'openai.gpt-5.6-sol',
	'openai.gpt-5.6-terra',
	'openai.gpt-6-astra',
	'openai.gpt-6-luna',
	'openai.gpt-6-sol',
	'openai.gpt-oss-120b',
	'openai.gpt-oss-20b',
	'openai.gpt-oss-safeguard-120b',
	'openai.gpt-oss-safeguard-20b',
	'qwen.qwen3-235b-a22b-2507',
	'qwen.qwen3-32b',
	'qwen.qwen3-coder-30b-a3b-instruct',
	'qwen.qwen3-coder-480b-a35b-instruct',
	'qwen.qwen3-coder-next',
	'qwen.qwen3-next-80b-a3b-instruct',
	'qwen.qwen3-vl-235b-a22b-instruct',
	'writer.palmyra-vision-7b',
	'xai.grok-4.3',
	'xai.grok-4.6',
	'zai.glm-4.6',
	'zai.glm-4.7',
	'zai.glm-4.7-flash',
	'zai.glm-5'
];
