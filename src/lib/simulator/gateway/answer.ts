import { countTokens } from '../answers/tokens.ts';
import type { Call } from '../call.ts';
import { replyChat } from '../chat-completions/answer.ts';
import { readChat } from '../chat-completions/request.ts';
import { chatShape } from '../chat-completions/shapes.ts';
import { EMBEDDING_MODELS, systemProfiles, TEXT_MODELS } from '../control/models.ts';
import { findFault } from '../faults.ts';
import type { JsonObject } from '../json.ts';
import { isObject, numberOf, objectOf, parseJson, stringOf } from '../json.ts';
import { readModelId } from '../models/families.ts';
import { findMismatch } from '../shape.ts';
import type { Reply } from '../wire/reply.ts';
import { newJsonReply } from '../wire/reply.ts';
import { embed, encodeBase64 } from './embeddings.ts';

const CREATED = 1_734_416_893;
const DEFAULT_MODEL = 'anthropic.claude-3-sonnet-20240229-v1:0';
const DEFAULT_EMBEDDING = 'cohere.embed-multilingual-v3';

/** Answers `POST /api/v1/chat/completions` as bedrock-access-gateway does. */
export function answerGatewayChat(call: Call): Reply {
	const body = parseJson(call.body);
	const mismatch = findMismatch(body, chatShape);
	if (mismatch !== undefined || !isObject(body))
		return refuseInvalid(`body -> ${mismatch?.path.join(' -> ') ?? ''}`);
	const asked = stringOf(body['model']);
	// Names of OpenAI's own models mean the gateway's default.
	const model = asked.startsWith('gpt-') ? DEFAULT_MODEL : asked;
	const fault = findFault(model, 'chat-completions');
	const bad = fault?.answer?.('chat-completions', call.path, call.region);
	if (bad !== undefined) return bad;
	if (fault === undefined && !listIds(call).includes(model)) return refuseModel(model);
	const effort = body['reasoning_effort'];
	if (typeof effort === 'string' && model.includes('anthropic.') && budgetOf(body) === undefined)
		return refuse(400, 'max_tokens or max_completion_tokens is required with reasoning_effort');
	const { thinks } = readModelId(model).family ?? {};
	const prompt = {
		...readChat(model, body, call),
		thinks: thinks === 'always' || (thinks === 'asked' && typeof effort === 'string'),
		twist: fault?.twist
	};
	return replyChat({ call, model, body, prompt, place: 'think-tags', fault });
}

/** Answers `GET /api/v1/models`. */
export function listGatewayModels(call: Call): Reply {
	return newJsonReply(200, { object: 'list', data: listIds(call).map(describe) });
}

/** Answers `GET /api/v1/models/{id}`. */
export function getGatewayModel(call: Call, id: string): Reply {
	return listIds(call).includes(id)
		? newJsonReply(200, describe(id))
		: refuse(500, 'Unsupported Model Id');
}

/** Answers `POST /api/v1/embeddings`. */
export function answerEmbeddings(call: Call): Reply {
	const body = objectOf(parseJson(call.body));
	const asked = stringOf(body['model']);
	const model = asked.startsWith('text-embedding-') ? DEFAULT_EMBEDDING : asked;
	if (!EMBEDDING_MODELS.some(({ id }) => id === model)) return refuseModel(model);
	const texts = readTexts(body['input']);
	if (texts === undefined) return refuseInvalid('body -> input');
	if (model.startsWith('amazon.titan') && texts.length > 1)
		return refuse(400, 'Amazon Titan Embeddings models support only single strings as input.');
	const base64 = body['encoding_format'] === 'base64';
	const tokens = texts.reduce((sum, text) => sum + countTokens(text), 0);
	return newJsonReply(200, {
		object: 'list',
		data: texts.map((text, index) => {
			const vector = embed(text);
			const embedding = base64 ? encodeBase64(vector) : vector;
			return { object: 'embedding', embedding, index };
		}),
		model,
		usage: { prompt_tokens: tokens, total_tokens: tokens }
	});
}

/** Answers `GET /health`, which needs no key. */
export function answerHealth(): Reply {
	return newJsonReply(200, { status: 'OK' });
}

function listIds(call: Call): string[] {
	return [
		...TEXT_MODELS.map(({ id }) => id),
		...systemProfiles('us-west-2').map(({ id }) => id),
		...call.profiles.list('us-west-2').map(({ arn }) => arn)
	];
}

function describe(id: string): object {
	return { id, created: CREATED, object: 'model', owned_by: 'bedrock' };
}

function budgetOf(body: JsonObject): number | undefined {
	return numberOf(body['max_completion_tokens'] ?? body['max_tokens']);
}

// A text, texts, or tokens of either; tokens are not decoded here.
function readTexts(input: unknown): string[] | undefined {
	if (typeof input === 'string') return [input];
	if (!Array.isArray(input) || input.length === 0) return undefined;
	if (input.every((entry) => typeof entry === 'number')) return [input.join(' ')];
	return input.map((entry) => (Array.isArray(entry) ? entry.join(' ') : String(entry)));
}

function refuseModel(model: string): Reply {
	return refuse(
		400,
		`Unsupported model ${model}, please use models API to get a list of supported models`
	);
}

function refuse(status: number, detail: string): Reply {
	return newJsonReply(status, { detail });
}

// The gateway says what is wrong with a body in plain text.
function refuseInvalid(where: string): Reply {
	return {
		status: 400,
		headers: { 'content-type': 'text/plain; charset=utf-8' },
		body: `1 validation error:\n  ${where}: invalid value`
	};
}
