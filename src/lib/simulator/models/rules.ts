import type { Call } from '../call.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';
import { readModelId, servesRegion } from './families.ts';

/** What is wrong with a model for an API on the runtime, or undefined. */
export function findRuntimeProblem(
	id: string,
	api: 'converse' | 'chat' | 'responses',
	call: Call
): Problem | undefined {
	const { geography, family } = readModelId(id);
	const invalid = newInvalid('The provided model identifier is invalid.');
	if (id.startsWith('arn:'))
		return api !== 'converse' || !isInRegion(id, call) || call.profiles.wasRemoved(id)
			? invalid
			: undefined;
	const absent: Problem =
		api === 'converse'
			? invalid
			: {
					status: 404,
					exception: 'ResourceNotFoundException',
					message: "The model doesn't exist or doesn't support this API"
				};
	const has = { none: [], converse: ['converse'], 'converse+chat': ['converse', 'chat'] } as const;
	const runtime = family?.runtime ?? 'none';
	if (runtime !== 'all' && !(has[runtime] as readonly string[]).includes(api)) return absent;
	if (family?.versioned === true && !/:\d+$/.test(id)) return absent;
	if (geography !== undefined) return servesRegion(geography, call.region) ? undefined : invalid;
	return family?.profile === true ? newInvalid(wordOnDemand(id)) : undefined;
}

/** What is wrong with a model for a path on mantle, such as `/v1/responses`, or undefined. */
export function findMantleProblem(id: string, path: string): Problem | undefined {
	const { geography, family } = readModelId(id);
	const prefix = path.startsWith('/openai/') ? '/openai/v1' : '/v1';
	if (family?.mantle === undefined || geography !== undefined || /:\d+$|^arn:/.test(id)) {
		return {
			status: 404,
			exception: '',
			message: `The model '${id}' does not exist`
		};
	}
	const unsupported = newInvalid(wordUnsupported(id, path));
	if (path.endsWith('/responses') && family.responses !== true) return unsupported;
	if (family.mantle === prefix) return undefined;
	return prefix === '/openai/v1' && family.mantle === '/v1'
		? newInvalid(`The model '${id}' isn't supported on this route`)
		: unsupported;
}

/** What is wrong with a model for an OpenAI path on the endpoint of a call, or undefined. */
export function findOpenAiProblem(id: string, call: Call): Problem | undefined {
	const api = call.path.endsWith('/responses') ? 'responses' : 'chat';
	if (call.place === 'runtime') return findRuntimeProblem(id, api, call);
	const problem = findMantleProblem(id, call.path);
	const lenient = call.place === 'loopback' && call.path.startsWith('/openai/');
	if (problem === undefined || !lenient) return problem;
	// On a loopback host this path stands for the runtime and for both prefixes of mantle.
	const elsewhere =
		findMantleProblem(id, call.path.replace('/openai', '')) && findRuntimeProblem(id, api, call);
	return elsewhere && problem;
}

/** What the service says where a model wants an inference profile; the apostrophe is its own. */
export function wordOnDemand(id: string): string {
	return `Invocation of model ID ${id} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`;
}

/** What mantle says where a model is not on a path. */
export function wordUnsupported(id: string, path: string): string {
	return `The model '${id}' does not support the '${path.replace('/openai/', '/')}' API`;
}

function isInRegion(arn: string, { region }: Call): boolean {
	return region === '' || arn.split(':')[3] === region;
}
