import { readFileSync } from 'node:fs';
import type { ApiId, Draft, Message, Part } from '../model/draft.ts';
import { newMessage } from '../model/draft.ts';
import type { StreamEvent } from '../model/event.ts';
import { Fold } from '../model/fold.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { HttpRequest, Target } from '../model/request.ts';
import type { Api, Loss } from './api.ts';
import { apis } from './index.ts';

/** An endpoint that has both OpenAI APIs. */
export const mantle: Target = {
	endpoint: 'mantle',
	base: 'https://bedrock-mantle.us-east-1.api.aws/v1'
};

/** What drafts ask here. */
export const model = 'openai.gpt-oss-120b';

/** A user says Hello to that model; `fields` replace the draft's own. */
export function newDraft(fields: Partial<Draft> = {}): Draft {
	return { model, messages: [newMessage('user', 'Hello')], params: {}, ...fields };
}

/** An answer that the model `from` gave in a run, which is sent as it stands since it has no id. */
export function newAnswer(from: string, ...parts: Part[]): Message {
	return { id: '', role: 'assistant', parts, from: { run: 'r', model: from } };
}

/** The body, as a value, that `build` makes of a draft with these fields, and what is lost. */
export function buildBody(
	build: Api['build'],
	fields: Partial<Draft>
): { body: unknown; losses: Loss[] } {
	const { request, losses } = build(newDraft(fields), mantle);
	return { body: JSON.parse(request.body ?? '') as Json, losses };
}

/** The fold of events that all came at once; nothing is ended that they do not end. */
export function foldEvents(events: readonly StreamEvent[]): Fold {
	const fold = new Fold();
	for (const event of events) fold.add(event, 0);
	return fold;
}

/** A request as a customer wrote it down, and its answer where they wrote that too. */
export interface Example {
	id: string;
	api: ApiId;
	request: Omit<HttpRequest, 'body'> & { body: JsonObject };
	response?: { status: number; body: JsonObject };
}

const file = new URL('../../../tests/fixtures/requests.json', import.meta.url);
const all = JSON.parse(readFileSync(file, 'utf8')) as {
	examples: (Omit<Example, 'api'> & { api: string })[];
};

/** The examples of the APIs that there are. */
export const examples = all.examples.filter((one): one is Example => one.api in apis);
